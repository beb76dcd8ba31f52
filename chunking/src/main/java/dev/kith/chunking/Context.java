package dev.kith.chunking;

/** Text that is repeated before a chunk without being part of it, and its length in the unit of the size. */
record Context(String text, int length) {
    static final Context NONE = new Context("", 0);
}

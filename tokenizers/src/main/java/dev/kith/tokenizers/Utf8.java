package dev.kith.tokenizers;

/** The bytes of a code point in UTF-8, one at a time, so that nothing is allocated for them. */
final class Utf8 {
    private Utf8() {}

    /** How many there are. */
    static int length(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    /** Byte {@code k} of {@code length}. */
    static int byteAt(int c, int length, int k) {
        if (length == 1) {
            return c;
        }
        int bits = c >> (6 * (length - 1 - k));
        return k == 0 ? (0xF00 >> length & 0xFF) | bits : 0x80 | (bits & 0x3F);
    }
}

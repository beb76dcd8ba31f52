package dev.kith.chunking;

/** Where running text may be cut. */
enum Seams {
    /** Between any two user-perceived characters. */
    ANYWHERE,
    /** At the strongest natural break. */
    NATURAL,
    /** At the strongest natural break; a single line end means no more than a space. */
    FLOWING,
    /** As {@link #NATURAL}, but what is repeated starts with a sentence. */
    SENTENCES;

    boolean isFlowing() {
        return this == FLOWING;
    }
}

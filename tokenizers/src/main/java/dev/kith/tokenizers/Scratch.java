package dev.kith.tokenizers;

/** What one call works with, reused by later calls. */
final class Scratch {
    /** Buffers above this many entries are not kept. */
    private static final int KEPT = 1 << 17;

    final NormalizedText text = new NormalizedText();
    /** A part of the text between added tokens. */
    final NormalizedText part = new NormalizedText();

    final TokenList rawMatches = new TokenList();
    final TokenList matches = new TokenList();
    final TokenList tokens = new TokenList();
    final BpeWord merging = new BpeWord();
    final UnigramPath path = new UnigramPath();

    /** Lets go of the source; says whether all is small enough to keep. */
    boolean release() {
        text.forgetSource();
        part.forgetSource();
        return !text.isLarge(KEPT)
                && !part.isLarge(KEPT)
                && tokens.capacity() <= KEPT
                && merging.capacity() <= KEPT
                && path.capacity() <= KEPT;
    }
}

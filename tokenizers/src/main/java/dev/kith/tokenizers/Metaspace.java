package dev.kith.tokenizers;

/**
 * SentencePiece's way with spaces: each becomes a visible character that begins the word behind it, and the text's first
 * word gets one too. [Kudo and Richardson, "SentencePiece", arXiv:1808.06226.]
 *
 * @param space what stands for a space, mostly U+2581
 * @param prefix which words get one in front if they do not begin with one
 * @param cut whether to cut before each
 */
record Metaspace(char space, Prefix prefix, boolean cut) implements PreTokenizer {
    /** Which words get a space in front. */
    enum Prefix {
        /** The one at the beginning of the source. */
        FIRST,
        NEVER,
        ALWAYS
    }

    @Override
    public void split(NormalizedText text) {
        for (int word = 0; word < text.wordCount(); word++) {
            split(text, text.wordStart(word), text.wordEnd(word));
        }
        text.commit();
    }

    private void split(NormalizedText text, int from, int to) {
        char[] chars = text.chars();
        int start = text.newSize();
        boolean prefixed =
                prefix == Prefix.ALWAYS || (prefix == Prefix.FIRST && text.start(from) == 0);
        if (prefixed && chars[from] != ' ' && chars[from] != space) {
            text.append(space, text.origin(from));
        }
        for (int i = from; i < to; i++) {
            char c = chars[i] == ' ' ? space : chars[i];
            if (c == space && cut) {
                text.addWord(start, text.newSize());
                start = text.newSize();
            }
            text.append(c, text.origin(i));
        }
        text.addWord(start, text.newSize());
    }

    @Override
    public boolean cutsAtSpaces() {
        return cut;
    }
}

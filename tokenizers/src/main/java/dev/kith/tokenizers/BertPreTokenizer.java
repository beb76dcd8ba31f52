package dev.kith.tokenizers;

/** Words end at white space, which is dropped, and every punctuation mark is a word of its own. */
final class BertPreTokenizer implements PreTokenizer {
    @Override
    public void split(NormalizedText text, int from, int to, Words words) {
        int start = from;
        int next;
        for (int i = from; i < to; i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            boolean space = Categories.isWhiteSpace(c);
            if (!space && !Categories.isPunctuation(c)) {
                continue;
            }
            if (start < i) {
                words.accept(text, start, i);
            }
            if (!space) {
                words.accept(text, i, next);
            }
            start = next;
        }
        if (start < to) {
            words.accept(text, start, to);
        }
    }

    @Override
    public boolean cutsAtSpaces() {
        return true;
    }
}

package dev.kith.tokenizers;

/** Words end at white space, which is dropped, and every punctuation mark is a word of its own. */
final class BertPreTokenizer implements PreTokenizer {
    @Override
    public void split(NormalizedText text) {
        for (int word = 0; word < text.wordCount(); word++) {
            split(text, text.wordStart(word), text.wordEnd(word));
        }
        text.commitWords();
    }

    private static void split(NormalizedText text, int from, int to) {
        int start = from;
        int next;
        for (int i = from; i < to; i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            boolean space = Categories.isWhiteSpace(c);
            if (space || Categories.isPunctuation(c)) {
                text.addWord(start, i);
                text.addWord(space ? next : i, next);
                start = next;
            }
        }
        text.addWord(start, to);
    }

    @Override
    public boolean cutsAtSpaces() {
        return true;
    }
}

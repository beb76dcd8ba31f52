package dev.kith.tokenizers;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Cuts words around what a pattern finds in them.
 *
 * @param behavior what becomes of the matches
 * @param invert whether matches and the rest change roles
 */
record Split(TextPattern pattern, Behavior behavior, boolean invert) implements PreTokenizer {
    /** What becomes of the matches, the delimiters of words. */
    enum Behavior {
        /** They are dropped. */
        REMOVED("Removed"),
        /** Each is a word. */
        ISOLATED("Isolated"),
        /** They end the word before them. */
        MERGED_WITH_PREVIOUS("MergedWithPrevious"),
        /** They begin the word behind them. */
        MERGED_WITH_NEXT("MergedWithNext"),
        /** Those in a row are a word together. */
        CONTIGUOUS("Contiguous");

        private final String fileName;

        Behavior(String fileName) {
            this.fileName = fileName;
        }

        /** Its name in a file. */
        String fileName() {
            return fileName;
        }
    }

    private static final Pattern WORDS =
            Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Words are runs of word characters, or of what is neither those nor white space. */
    static Split atWordBoundaries() {
        return new Split(new TextPattern.Regex(WORDS), Behavior.REMOVED, true);
    }

    /** Cuts around the code points of a class. */
    static Split around(IntPredicate members, Behavior behavior) {
        return new Split(new TextPattern.OfClass(members), behavior, false);
    }

    @Override
    public void split(NormalizedText text) {
        Segments segments = text.segments();
        for (int word = 0; word < text.wordCount(); word++) {
            pattern.cut(text, text.wordStart(word), text.wordEnd(word), segments);
            switch (behavior) {
                case REMOVED, ISOLATED -> separate(segments, text);
                case MERGED_WITH_NEXT -> mergeWithNext(segments, text);
                case MERGED_WITH_PREVIOUS, CONTIGUOUS -> mergeWithPrevious(segments, text);
            }
        }
        text.commitWords();
    }

    private boolean isMatch(Segments segments, int i) {
        return i >= 0 && i < segments.size() && segments.isMatch(i) != invert;
    }

    private void separate(Segments segments, NormalizedText text) {
        for (int i = 0; i < segments.size(); i++) {
            if (behavior == Behavior.ISOLATED || !isMatch(segments, i)) {
                text.addWord(segments.start(i), segments.end(i));
            }
        }
    }

    /** Of matches in a row only the last has a next word to join. */
    private void mergeWithNext(Segments segments, NormalizedText text) {
        for (int i = 0; i < segments.size(); i++) {
            int start = segments.start(i);
            if (isMatch(segments, i) && i + 1 < segments.size() && !isMatch(segments, i + 1)) {
                i++;
            }
            text.addWord(start, segments.end(i));
        }
    }

    private void mergeWithPrevious(Segments segments, NormalizedText text) {
        int start = segments.start(0);
        for (int i = 1; i < segments.size(); i++) {
            boolean match = isMatch(segments, i);
            boolean before = isMatch(segments, i - 1);
            boolean joins = behavior == Behavior.CONTIGUOUS ? match == before : match && !before;
            if (!joins) {
                text.addWord(start, segments.start(i));
                start = segments.start(i);
            }
        }
        text.addWord(start, segments.end(segments.size() - 1));
    }

    @Override
    public boolean cutsAtSpaces() {
        return pattern instanceof TextPattern.OfClass spaces
                && spaces.members().test(' ')
                && behavior == Behavior.REMOVED;
    }
}

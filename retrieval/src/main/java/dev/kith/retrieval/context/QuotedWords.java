package dev.kith.retrieval.context;

import java.util.stream.Stream;

/** Finds words that an answer quotes in the source that it cites. */
final class QuotedWords {
    private static final String ELLIPSIS = "\\s*(?:\\.{3}|\\u2026|\\[\\.{3}\\]|\\[\\u2026\\])\\s*";

    private QuotedWords() {}

    /** Whether a piece of the passage, or the passage as it is shown, has the words. */
    static boolean standIn(Passage passage, String words) {
        // A mark that a style puts before the closing quotation mark need not be the source's.
        String wanted = words.strip().replaceAll("[.,;:!?]$", "");
        return Stream.concat(
                        Stream.of(passage.content()), passage.quotes().stream().map(Quote::text))
                .anyMatch(text -> stand(folded(text), wanted));
    }

    private static boolean stand(String text, String words) {
        int at = 0;
        for (String part : words.split(ELLIPSIS, -1)) {
            String wanted = folded(part);
            int found = text.indexOf(wanted, at);
            if (found < 0) {
                return false;
            }
            at = found + wanted.length();
        }
        return true;
    }

    private static String folded(String text) {
        return text.replaceAll("(?U)\\s+", " ")
                .strip()
                .replaceAll("[\\u2018\\u2019\\u201A]", "'")
                .replaceAll("[\\u201C-\\u201E\\u00AB\\u00BB]", "\"");
    }
}

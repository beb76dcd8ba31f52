package dev.kith.retrieval.context;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds words that an answer quotes in the source that it cites. */
final class QuotedWords {
    private static final String ELLIPSIS = "\\s*(?:\\.{3}|\\u2026|\\[\\.{3}\\]|\\[\\u2026\\])\\s*";

    /** A letter or digit of a script that puts spaces between words. */
    private static final String SPACED =
            "[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]]";

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
            Matcher found = whole(wanted).matcher(text);
            if (!found.find(at)) {
                return false;
            }
            at = found.end();
        }
        return true;
    }

    /** The words where they neither begin nor end within another word: "10" does not stand in "100". */
    private static Pattern whole(String words) {
        return Pattern.compile("(?<!" + SPACED + "(?=" + SPACED + "))" + Pattern.quote(words)
                + "(?!(?<=" + SPACED + ")" + SPACED + ")");
    }

    private static String folded(String text) {
        return text.replaceAll("(?U)\\s+", " ")
                .strip()
                .replaceAll("[\\u2018\\u2019\\u201A]", "'")
                .replaceAll("[\\u201C-\\u201E\\u00AB\\u00BB]", "\"");
    }
}

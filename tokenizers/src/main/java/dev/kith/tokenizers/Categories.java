package dev.kith.tokenizers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Classes of code points as the reference tokenizers see them. BERT's general categories are those of Unicode 8.0 and marks
 * those of 9.0, at which the reference froze them, so that tokens do not change with the JDK; white space has not changed since.
 * Letters and numbers are the JDK's.
 */
final class Categories {
    private static final String TABLE = "unicode-8.txt";

    /** A file with the marks of Unicode 9.0 and their combining classes. */
    static final String UNICODE_9 = "unicode-9.txt";

    private static final BitSet MARK = read(UNICODE_9, "[mark]");
    private static final BitSet PUNCTUATION = read(TABLE, "[punctuation]");
    private static final BitSet NONSPACING_MARK = read(TABLE, "[nonspacing mark]");
    private static final BitSet FORMAT = read(TABLE, "[format]");

    private Categories() {}

    /** Property White_Space. */
    static boolean isWhiteSpace(int c) {
        if (c < 0x85) {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
        return switch (c) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }

    /** Categories P*, and the ASCII symbols, which BERT takes for punctuation too. */
    static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7F && !isAsciiAlphanumeric(c);
        }
        return PUNCTUATION.get(c);
    }

    /** Categories M*. */
    static boolean isMark(int c) {
        return c >= 0x300 && MARK.get(c);
    }

    /** Categories N*. */
    static boolean isNumber(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                true;
            default -> false;
        };
    }

    /** Categories L*. */
    static boolean isLetter(int c) {
        return Character.isLetter(c);
    }

    /** Whether {@code \\w} of Unicode regular expressions matches. */
    static boolean isWord(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.CONNECTOR_PUNCTUATION -> true;
            default -> Character.isAlphabetic(c) || c == 0x200C || c == 0x200D;
        };
    }

    /** Category Mn. */
    static boolean isNonspacingMark(int c) {
        return NONSPACING_MARK.get(c);
    }

    /** Categories Cc, Cf, Co, and Cs, which only broken text has. */
    static boolean isOther(int c) {
        return c < 0x20
                || (c >= 0x7F && c < 0xA0)
                || (c >= 0xD800 && c <= 0xF8FF)
                || (c >= 0xF0000 && (c & 0xFFFF) <= 0xFFFD)
                || FORMAT.get(c);
    }

    /** The ideographs that BERT sets apart; not all that Unicode has. */
    static boolean isIdeograph(int c) {
        return c >= 0x3400
                && ((c >= 0x4E00 && c <= 0x9FFF)
                        || c <= 0x4DBF
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0x20000 && c <= 0x2A6DF)
                        || (c >= 0x2A700 && c <= 0x2B81F)
                        || (c >= 0x2B920 && c <= 0x2CEAF)
                        || (c >= 0x2F800 && c <= 0x2FA1F));
    }

    private static boolean isAsciiAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** The ranges under a heading of a table, up to the next empty line. */
    static BitSet read(String table, String heading) {
        try (var in = Objects.requireNonNull(Categories.class.getResourceAsStream(table));
                var lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            BitSet set = new BitSet();
            lines.lines()
                    .dropWhile(line -> !line.equals(heading))
                    .skip(1)
                    .takeWhile(line -> !line.isEmpty())
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .forEach(range -> add(set, range));
            return set;
        } catch (IOException e) {
            throw new UncheckedIOException(table, e);
        }
    }

    private static void add(BitSet set, String range) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1), 16);
        set.set(first, last + 1);
    }
}

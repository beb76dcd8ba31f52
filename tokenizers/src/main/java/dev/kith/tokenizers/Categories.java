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
 * Classes of code points as the reference tokenizers see them. General categories are those of Unicode 8.0, at which
 * they were frozen, so that tokens do not change with the JDK; white space has not changed since.
 */
final class Categories {
    private static final String TABLE = "unicode-8.txt";
    private static final BitSet PUNCTUATION = read("[punctuation]");
    private static final BitSet NONSPACING_MARK = read("[nonspacing mark]");
    private static final BitSet FORMAT = read("[format]");

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

    /** The ranges under a heading, up to the next empty line. */
    private static BitSet read(String heading) {
        try (var in = Objects.requireNonNull(Categories.class.getResourceAsStream(TABLE));
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
            throw new UncheckedIOException(TABLE, e);
        }
    }

    private static void add(BitSet set, String range) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1), 16);
        set.set(first, last + 1);
    }
}

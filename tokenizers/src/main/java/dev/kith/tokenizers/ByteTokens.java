package dev.kith.tokenizers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The tokens {@code <0x00>} to {@code <0xFF>}, which spell text that a vocabulary does not know. Immutable. */
final class ByteTokens {
    private final int[] ids = new int[256];

    /** Those that a vocabulary has. */
    ByteTokens(Map<String, Integer> vocabulary) {
        Arrays.setAll(ids, b -> vocabulary.getOrDefault(name(b), -1));
    }

    /** How a vocabulary spells a byte. */
    static String name(int b) {
        return String.format(Locale.ROOT, "<0x%02X>", b);
    }

    /** The id of a byte's token, or -1. */
    int id(int b) {
        return ids[b];
    }

    /** Adds a token a byte, each with the offsets of all the text, unless one is missing: then none, and false. */
    boolean add(NormalizedText text, int from, int to, TokenList out) {
        int mark = out.size();
        int start = text.start(from);
        int end = text.end(to - 1);
        int width;
        for (int i = from; i < to; i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            int length = Utf8.length(c);
            for (int k = 0; k < length; k++) {
                int id = ids[Utf8.byteAt(c, length, k)];
                if (id < 0) {
                    out.truncate(mark);
                    return false;
                }
                out.add(id, start, end);
            }
        }
        return true;
    }
}

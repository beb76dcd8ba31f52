package dev.kith.tokenizers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's compiled normalization rules: a double-array trie from bytes of UTF-8 to places in a list of replacements.
 * As in the reference, a short grapheme cluster is replaced by what its shortest prefix in the trie becomes, and otherwise
 * each of its code points by its own. Immutable.
 *
 * <pre>{@code
 * 4 bytes   size of the trie in bytes, little-endian like all numbers
 * trie      units of 4 bytes: bits 0-7 label, bit 8 whether a value follows, bit 9 whether the offset counts 256ths,
 *           bits 10-30 offset; or, with bit 31, bits 0-30 a value: where in the list the replacement begins
 * list      replacements in UTF-8, each ended by a NUL
 * }</pre>
 */
final class Charsmap implements Normalizer {
    private static final Pattern CLUSTER = Pattern.compile("\\X");
    /** Clusters of this many bytes or more are replaced code point by code point. */
    private static final int LONG = 6;

    private static final int NONE = -1;

    private final int[] trie;
    private final byte[] list;
    /** The list's texts by where they begin. */
    private final @Nullable String[] replacements;
    /** For each code point of the basic plane where its replacement begins, or {@link #NONE}. */
    private final int[] forms = new int[0x10000];

    private final boolean ignoresSpaces;

    /**
     * @throws IllegalArgumentException if the bytes are not such a map
     */
    Charsmap(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = bytes.length < 4 ? -1 : in.getInt();
        if (size < 0 || size % 4 != 0 || size > bytes.length - 4) {
            throw new IllegalArgumentException(
                    "a trie of " + size + " bytes in a map of " + bytes.length);
        }
        trie = new int[size / 4];
        in.asIntBuffer().get(trie);
        list = new byte[bytes.length - 4 - size];
        in.get(4 + size, list);
        replacements = new String[list.length];
        for (int i = 0; i < list.length; i++) {
            if (i == 0 || list[i - 1] == 0) {
                replacements[i] = textAt(i);
            }
        }
        for (int c = 0; c < forms.length; c++) {
            forms[c] = Character.isSurrogate((char) c) ? NONE : search(c);
        }
        ignoresSpaces = forms[' '] == NONE;
    }

    private String textAt(int place) {
        int end = place;
        while (end < list.length && list[end] != 0) {
            end++;
        }
        return new String(list, place, end - place, StandardCharsets.UTF_8);
    }

    @Override
    public void normalize(NormalizedText text) {
        Rewriting rewriting = text.rewriting();
        rewriting.clear();
        boolean changed = false;
        int end;
        for (int i = 0; i < text.size(); i = end) {
            end = clusterEnd(text, i);
            changed |= rewrite(text, i, end, rewriting);
        }
        if (changed) {
            rewriting.apply(text);
        }
    }

    /** Whether anything changed. */
    private boolean rewrite(NormalizedText text, int from, int to, Rewriting rewriting) {
        int c = text.codePointAt(from);
        int width = Character.charCount(c);
        if (from + width < to && byteLength(text, from, to) < LONG) {
            int place = search(text, from, to);
            if (place != NONE) {
                int count = Character.codePointCount(text.chars(), from, to - from);
                rewriting.replace(count, replacement(place));
                return true;
            }
        }
        boolean changed = false;
        for (int i = from; i < to; i += width) {
            c = text.codePointAt(i);
            width = Character.charCount(c);
            int place = c < forms.length ? forms[c] : search(c);
            if (place == NONE) {
                rewriting.keep(c);
            } else {
                rewriting.replace(1, replacement(place));
                changed = true;
            }
        }
        return changed;
    }

    private String replacement(int place) {
        String text = place < replacements.length ? replacements[place] : "";
        return text == null ? textAt(place) : text;
    }

    private static int clusterEnd(NormalizedText text, int from) {
        int next = from + 1;
        if (isAlone(text.chars()[from]) && (next == text.size() || isAlone(text.chars()[next]))) {
            return next;
        }
        Matcher matcher = text.matcher(CLUSTER, from, text.size());
        return matcher.lookingAt() ? from + matcher.end() : next;
    }

    /** Whether a code point never forms a cluster with another of its kind. */
    private static boolean isAlone(char c) {
        return c < 0x300
                ? c != '\r' && c != '\n'
                : (c >= 0x370 && c < 0x483)
                        || (c >= 0x48A && c < 0x591)
                        || (c >= 0x5D0 && c < 0x5EB)
                        || (c >= 0x620 && c < 0x64B)
                        || (c >= 0x3041 && c < 0x3097)
                        || (c >= 0x30A1 && c < 0x30FB)
                        || (c >= 0x4E00 && c < 0xA000)
                        || (c >= 0xAC00 && c < 0xD7A4);
    }

    private static int byteLength(NormalizedText text, int from, int to) {
        int length = 0;
        int width;
        for (int i = from; i < to && length < LONG; i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            length += Utf8.length(c);
        }
        return length;
    }

    private int search(int c) {
        long state = start();
        int length = Utf8.length(c);
        for (int k = 0; k < length && state >= 0; k++) {
            state = step((int) state, Utf8.byteAt(c, length, k));
        }
        return found(state);
    }

    /** Where the replacement of the shortest prefix begins, or {@link #NONE}. */
    private int search(NormalizedText text, int from, int to) {
        long state = start();
        int width;
        for (int i = from; i < to && state >= 0; i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            int length = Utf8.length(c);
            for (int k = 0; k < length && state >= 0; k++) {
                state = step((int) state, Utf8.byteAt(c, length, k));
            }
        }
        return found(state);
    }

    private static final long DEAD = Long.MIN_VALUE;

    private long start() {
        return trie.length == 0 ? DEAD : offset(trie[0]);
    }

    /** The position behind a byte; {@link #DEAD} if there is none; {@code ~place} if a key ends there. */
    private long step(int position, int b) {
        int at = position ^ b;
        if (b == 0 || at >= trie.length || (trie[at] & 0x800000FF) != b) {
            return DEAD;
        }
        int next = at ^ offset(trie[at]);
        boolean ends = (trie[at] >> 8 & 1) == 1;
        if (!ends) {
            return next;
        }
        return next < trie.length ? ~(long) (trie[next] & 0x7FFFFFFF) : DEAD;
    }

    private static int found(long state) {
        return state < 0 && state != DEAD ? (int) ~state : NONE;
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
    }

    @Override
    public boolean ignoresSpaces() {
        return ignoresSpaces;
    }
}

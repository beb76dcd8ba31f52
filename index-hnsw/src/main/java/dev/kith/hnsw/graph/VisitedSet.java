package dev.kith.hnsw.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a search has seen. Up to a million rows a byte each, holding the number of the search that saw it last:
 * clearing costs nothing but every 255th time. Above, a bit each, and a list of the words to zero again: an eighth of the
 * memory, which is then what counts.
 */
public final class VisitedSet {
    private static final int MAX_BYTES = 1 << 20;

    private final byte @Nullable [] epochs;
    private final long[] bits;
    private byte epoch = 1;
    private int[] touched = new int[64];
    private int touches;

    /** A set of rows below that number. */
    public VisitedSet(int rows) {
        this(rows, rows <= MAX_BYTES);
    }

    VisitedSet(int rows, boolean bytes) {
        epochs = bytes ? new byte[rows] : null;
        bits = new long[bytes ? 0 : (rows + 63) >>> 6];
    }

    /** Forgets all rows. */
    public void clear() {
        if (epochs == null) {
            for (int i = 0; i < touches; i++) {
                bits[touched[i]] = 0;
            }
            touches = 0;
        } else if (++epoch == 0) {
            Arrays.fill(epochs, (byte) 0);
            epoch = 1;
        }
    }

    /** Adds a row; whether it was not there. */
    public boolean add(int row) {
        if (epochs == null) {
            return addBit(row);
        }
        if (epochs[row] == epoch) {
            return false;
        }
        epochs[row] = epoch;
        return true;
    }

    /** Whether a row is there. */
    public boolean contains(int row) {
        return epochs == null ? (bits[row >>> 6] >>> row & 1) != 0 : epochs[row] == epoch;
    }

    private boolean addBit(int row) {
        int word = row >>> 6;
        long before = bits[word];
        long after = before | (1L << row);
        if (before == after) {
            return false;
        }
        bits[word] = after;
        if (before == 0) {
            if (touches == touched.length) {
                touched = Arrays.copyOf(touched, 2 * touches);
            }
            touched[touches++] = word;
        }
        return true;
    }
}

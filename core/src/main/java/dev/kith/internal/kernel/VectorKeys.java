package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Insertion into sorted keys with SIMD: see {@link dev.kith.spi.SortedKeys} and {@link dev.kith.spi.Frontier}. */
final class VectorKeys {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED.length() > 8
            ? LongVector.SPECIES_512
            : LongVector.SPECIES_PREFERRED;
    private static final int LANES = LONGS.length();

    /** More keys than these are worth a branch that is guessed wrong, to leave those alone that do not move. */
    private static final int BRANCH_FREE = 64;

    /** Whether a window fits into the registers of this processor. */
    static final boolean PASSES = LANES >= 4;

    /** Whether one instruction moves chosen lanes to the front: not so in the 128 bits of ARM. */
    static final boolean COMPRESSES = LANES >= 4;

    /** Each lane's left neighbour; the first one gets the last. */
    private static final VectorShuffle<Long> LEFT =
            VectorShuffle.fromOp(LONGS, lane -> (lane + LANES - 1) % LANES);

    private static final VectorMask<Long> FIRST = VectorMask.fromLong(LONGS, 1);

    private VectorKeys() {}

    /**
     * Each key becomes the smaller of itself and the greater of its left neighbour and the new one: left of the new
     * key's place that is the key itself, right of it the neighbour. No branch depends on where the place is.
     */
    static void insert(long[] keys, int start, int end, long key) {
        if (end - start > BRANCH_FREE) {
            start = before(keys, start, end, key);
        }
        LongVector inserted = LongVector.broadcast(LONGS, key);
        for (int i = end - LANES; i >= start; i -= LANES) {
            LongVector left = LongVector.fromArray(LONGS, keys, i - 1);
            LongVector.fromArray(LONGS, keys, i).min(left.max(inserted)).intoArray(keys, i);
        }
    }

    /** A place from which on keys may move, in steps of half of {@link #BRANCH_FREE} from the end. */
    private static int before(long[] keys, int start, int end, long key) {
        int from = end - BRANCH_FREE / 2;
        while (from > start && keys[from - 1] > key) {
            from -= BRANCH_FREE / 2;
        }
        return Math.max(from, start);
    }

    /** {@link KeyKernels#pass}, by the rule of {@link #insert}; the window stays in registers from key to key: hence a form for each width. */
    static int pass(long[] window, long[] keys, int n, long[] fallen, int count) {
        return LANES == 8
                ? passTwo(window, keys, n, fallen, count)
                : passFour(window, keys, n, fallen, count);
    }

    private static int passTwo(long[] window, long[] keys, int n, long[] fallen, int count) {
        int end = count;
        LongVector least = LongVector.broadcast(LONGS, Long.MIN_VALUE);
        LongVector a = LongVector.fromArray(LONGS, window, 0);
        LongVector b = LongVector.fromArray(LONGS, window, 8);
        for (int i = 0; i < n; i++) {
            long key = keys[i];
            LongVector left = a.rearrange(LEFT);
            LongVector right = b.rearrange(LEFT);
            long out = Math.max(right.lane(0), key);
            fallen[end] = out;
            end += out == Long.MAX_VALUE ? 0 : 1;
            a = a.min(left.blend(least, FIRST).max(key));
            b = b.min(right.blend(left, FIRST).max(key));
        }
        a.intoArray(window, 0);
        b.intoArray(window, 8);
        return end;
    }

    private static int passFour(long[] window, long[] keys, int n, long[] fallen, int count) {
        int end = count;
        LongVector least = LongVector.broadcast(LONGS, Long.MIN_VALUE);
        LongVector a = LongVector.fromArray(LONGS, window, 0);
        LongVector b = LongVector.fromArray(LONGS, window, 4);
        LongVector c = LongVector.fromArray(LONGS, window, 8);
        LongVector d = LongVector.fromArray(LONGS, window, 12);
        for (int i = 0; i < n; i++) {
            long key = keys[i];
            LongVector leftOfA = a.rearrange(LEFT);
            LongVector leftOfB = b.rearrange(LEFT);
            LongVector leftOfC = c.rearrange(LEFT);
            LongVector leftOfD = d.rearrange(LEFT);
            long out = Math.max(leftOfD.lane(0), key);
            fallen[end] = out;
            end += out == Long.MAX_VALUE ? 0 : 1;
            a = a.min(leftOfA.blend(least, FIRST).max(key));
            b = b.min(leftOfB.blend(leftOfA, FIRST).max(key));
            c = c.min(leftOfC.blend(leftOfB, FIRST).max(key));
            d = d.min(leftOfD.blend(leftOfC, FIRST).max(key));
        }
        a.intoArray(window, 0);
        b.intoArray(window, 4);
        c.intoArray(window, 8);
        d.intoArray(window, 12);
        return end;
    }

    /** {@link KeyKernels#between}: the chosen keys of a vector are moved to its front and stored, with others behind them. */
    static int between(long[] keys, int from, int to, long least, long limit, long[] into, int at) {
        int end = at;
        int i = from;
        for (; i <= to - LANES; i += LANES) {
            LongVector key = LongVector.fromArray(LONGS, keys, i);
            VectorMask<Long> chosen = key.compare(GE, least).and(key.compare(LT, limit));
            key.compress(chosen).intoArray(into, end);
            end += chosen.trueCount();
        }
        return KeyKernels.scalarBetween(keys, i, to, least, limit, into, end);
    }
}

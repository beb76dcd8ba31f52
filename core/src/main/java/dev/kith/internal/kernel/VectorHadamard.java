package dev.kith.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Walsh-Hadamard transform with SIMD. The first pass does the factors and all levels inside four vectors, the next ones
 * three levels at a time, so that a vector of 512 components is loaded and stored twice and not nine times.
 */
final class VectorHadamard {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> SWAP_1 = Species.swap(1);
    private static final VectorShuffle<Float> SWAP_2 = Species.swap(2);
    private static final VectorShuffle<Float> SWAP_4 = Species.swap(4);
    private static final VectorShuffle<Float> SWAP_8 = Species.swap(8);
    private static final FloatVector SIGNS_1 = signs(1);
    private static final FloatVector SIGNS_2 = signs(2);
    private static final FloatVector SIGNS_4 = signs(4);
    private static final FloatVector SIGNS_8 = signs(8);

    private VectorHadamard() {}

    /** Minus one in the lanes that a level subtracts. */
    private static FloatVector signs(int half) {
        float[] signs = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            signs[i] = (i & half) == 0 ? 1 : -1;
        }
        return FloatVector.fromArray(FLOATS, signs, 0);
    }

    static void transform(float[] vector, int from, int count, float[] factors) {
        first(vector, from, from + count, factors);
        int half = 4 * LANES;
        for (; 8 * half <= count; half *= 8) {
            threeLevels(vector, from, from + count, half);
        }
        for (; half < count; half *= 2) {
            oneLevel(vector, from, from + count, half);
        }
    }

    /** A level inside a vector is the vector with swapped lanes plus or minus itself, exact products both. */
    private static void first(float[] x, int from, int end, float[] factors) {
        for (int i = from; i < end; i += 4 * LANES) {
            int j = i + LANES;
            int k = j + LANES;
            int l = k + LANES;
            FloatVector a = FloatVector.fromArray(FLOATS, x, i)
                    .mul(FloatVector.fromArray(FLOATS, factors, i));
            FloatVector b = FloatVector.fromArray(FLOATS, x, j)
                    .mul(FloatVector.fromArray(FLOATS, factors, j));
            FloatVector c = FloatVector.fromArray(FLOATS, x, k)
                    .mul(FloatVector.fromArray(FLOATS, factors, k));
            FloatVector d = FloatVector.fromArray(FLOATS, x, l)
                    .mul(FloatVector.fromArray(FLOATS, factors, l));
            a = a.fma(SIGNS_1, a.rearrange(SWAP_1));
            b = b.fma(SIGNS_1, b.rearrange(SWAP_1));
            c = c.fma(SIGNS_1, c.rearrange(SWAP_1));
            d = d.fma(SIGNS_1, d.rearrange(SWAP_1));
            a = a.fma(SIGNS_2, a.rearrange(SWAP_2));
            b = b.fma(SIGNS_2, b.rearrange(SWAP_2));
            c = c.fma(SIGNS_2, c.rearrange(SWAP_2));
            d = d.fma(SIGNS_2, d.rearrange(SWAP_2));
            if (LANES > 4) {
                a = a.fma(SIGNS_4, a.rearrange(SWAP_4));
                b = b.fma(SIGNS_4, b.rearrange(SWAP_4));
                c = c.fma(SIGNS_4, c.rearrange(SWAP_4));
                d = d.fma(SIGNS_4, d.rearrange(SWAP_4));
            }
            if (LANES > 8) {
                a = a.fma(SIGNS_8, a.rearrange(SWAP_8));
                b = b.fma(SIGNS_8, b.rearrange(SWAP_8));
                c = c.fma(SIGNS_8, c.rearrange(SWAP_8));
                d = d.fma(SIGNS_8, d.rearrange(SWAP_8));
            }
            FloatVector ab = a.add(b);
            FloatVector cd = c.add(d);
            a = a.sub(b);
            c = c.sub(d);
            ab.add(cd).intoArray(x, i);
            a.add(c).intoArray(x, j);
            ab.sub(cd).intoArray(x, k);
            a.sub(c).intoArray(x, l);
        }
    }

    private static void threeLevels(float[] x, int from, int end, int half) {
        for (int block = from; block < end; block += 8 * half) {
            for (int i = block; i < block + half; i += LANES) {
                FloatVector a0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector a1 = FloatVector.fromArray(FLOATS, x, i + half);
                FloatVector a2 = FloatVector.fromArray(FLOATS, x, i + 2 * half);
                FloatVector a3 = FloatVector.fromArray(FLOATS, x, i + 3 * half);
                FloatVector a4 = FloatVector.fromArray(FLOATS, x, i + 4 * half);
                FloatVector a5 = FloatVector.fromArray(FLOATS, x, i + 5 * half);
                FloatVector a6 = FloatVector.fromArray(FLOATS, x, i + 6 * half);
                FloatVector a7 = FloatVector.fromArray(FLOATS, x, i + 7 * half);
                FloatVector b0 = a0.add(a1);
                FloatVector b1 = a0.sub(a1);
                FloatVector b2 = a2.add(a3);
                FloatVector b3 = a2.sub(a3);
                FloatVector b4 = a4.add(a5);
                FloatVector b5 = a4.sub(a5);
                FloatVector b6 = a6.add(a7);
                FloatVector b7 = a6.sub(a7);
                a0 = b0.add(b2);
                a1 = b1.add(b3);
                a2 = b0.sub(b2);
                a3 = b1.sub(b3);
                a4 = b4.add(b6);
                a5 = b5.add(b7);
                a6 = b4.sub(b6);
                a7 = b5.sub(b7);
                a0.add(a4).intoArray(x, i);
                a1.add(a5).intoArray(x, i + half);
                a2.add(a6).intoArray(x, i + 2 * half);
                a3.add(a7).intoArray(x, i + 3 * half);
                a0.sub(a4).intoArray(x, i + 4 * half);
                a1.sub(a5).intoArray(x, i + 5 * half);
                a2.sub(a6).intoArray(x, i + 6 * half);
                a3.sub(a7).intoArray(x, i + 7 * half);
            }
        }
    }

    private static void oneLevel(float[] x, int from, int end, int half) {
        for (int block = from; block < end; block += 2 * half) {
            for (int i = block; i < block + half; i += LANES) {
                FloatVector a = FloatVector.fromArray(FLOATS, x, i);
                FloatVector b = FloatVector.fromArray(FLOATS, x, i + half);
                a.add(b).intoArray(x, i);
                a.sub(b).intoArray(x, i + half);
            }
        }
    }
}

package dev.kith.internal.kernel;

/**
 * Makes the look-up tables of a rotated query: for each column, four components, the 16 sums of them with the signs that
 * four bits say. Components are rounded to whole numbers so that each sum, plus 31, lies in [0, 62].
 */
public final class Tables {
    /** What is added to each entry. */
    public static final int BIAS = 31;

    /** Vectors of four floats are rounded to eight bytes, of which four lie behind the last. */
    public static final int SLACK = 4;

    /** Added to a small float it leaves the nearest whole number in the float's low bits. */
    static final float WHOLE = 0x1.8p23f;

    private static final boolean SIMD = FloatKernels.simd();

    /** The sum of the magnitudes of four rounded components may exceed that of the scaled ones by two. */
    private static final int ROOM = BIAS - 2;

    private Tables() {}

    /** The bytes of the tables of so many components, and zeros behind them up to what the widest kernel reads at once. */
    public static int bytes(int components) {
        return (4 * components + 127) & -128;
    }

    /**
     * Fills the tables.
     *
     * @param query rotated; a multiple of 16 components
     * @param rounded scratch of as many bytes and {@link #SLACK} more
     * @param tables of {@link #bytes}: four a component; what lies behind is left as it is
     * @return what one unit of an entry stands for, 0 if the query is zero
     */
    public static float fill(float[] query, byte[] rounded, byte[] tables) {
        float largest = SIMD ? VectorTables.largest(query) : largest(query);
        float inverse = ROOM / largest;
        if (!(inverse <= Float.MAX_VALUE)) {
            inverse = 0;
        }
        if (SIMD) {
            VectorTables.round(query, inverse, rounded);
            VectorTables.fill(rounded, query.length, tables);
        } else {
            round(query, inverse, rounded);
            fill(rounded, query.length, tables);
        }
        return inverse == 0 ? 0 : 1 / inverse;
    }

    /** The largest sum of the magnitudes of four components. */
    static float largest(float[] query) {
        float largest = 0;
        for (int i = 0; i < query.length; i += 4) {
            float first = Math.abs(query[i]) + Math.abs(query[i + 1]);
            float second = Math.abs(query[i + 2]) + Math.abs(query[i + 3]);
            largest = Math.max(largest, first + second);
        }
        return largest;
    }

    static void round(float[] query, float inverse, byte[] rounded) {
        for (int i = 0; i < query.length; i++) {
            rounded[i] = (byte) Float.floatToRawIntBits(query[i] * inverse + WHOLE);
        }
    }

    static void fill(byte[] rounded, int count, byte[] tables) {
        for (int i = 0; i < count; i += 4) {
            for (int bits = 0; bits < 16; bits++) {
                int sum = BIAS;
                for (int j = 0; j < 4; j++) {
                    sum += (bits >> j & 1) != 0 ? rounded[i + j] : -rounded[i + j];
                }
                tables[4 * i + bits] = (byte) sum;
            }
        }
    }
}

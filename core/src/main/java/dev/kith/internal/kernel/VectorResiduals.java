package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.GE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The signs of a difference and sums over it with SIMD: see {@link Residuals}. */
final class VectorResiduals {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> SWAP_HALF = Species.swap(LANES / 2);
    private static final VectorShuffle<Float> SWAP_QUARTER = Species.swap(LANES / 4);
    private static final VectorShuffle<Float> SWAP_EIGHTH = Species.swap(LANES / 8);
    private static final VectorShuffle<Float> SWAP_SIXTEENTH = Species.swap(LANES / 16);

    private VectorResiduals() {}

    static void compute(float[] row, float[] centre, long[] bits, double[] sums) {
        FloatVector squares = FloatVector.zero(FLOATS);
        FloatVector magnitudes = squares;
        FloatVector product = squares;
        for (int i = 0; i < row.length; i += LANES) {
            FloatVector c = FloatVector.fromArray(FLOATS, centre, i);
            FloatVector difference = FloatVector.fromArray(FLOATS, row, i).sub(c);
            VectorMask<Float> set = difference.compare(GE, 0);
            bits[i >>> 6] |= set.toLong() << i;
            squares = difference.fma(difference, squares);
            magnitudes = magnitudes.add(difference.abs());
            product = product.add(c.neg().blend(c, set));
        }
        sums[0] = sum(squares);
        sums[1] = sum(magnitudes);
        sums[2] = sum(product);
    }

    /** See the scalar twin, {@code Residuals.plane}. */
    static void plane(
            Residuals residuals, float[] centre, long[] bits, int from, int weight, float part) {
        float[] rest = residuals.rest();
        float[] difference = residuals.difference();
        FloatVector products = FloatVector.zero(FLOATS);
        FloatVector product = products;
        for (int i = 0; i < rest.length; i += LANES) {
            FloatVector left = FloatVector.fromArray(FLOATS, rest, i);
            VectorMask<Float> set = left.compare(GE, 0);
            bits[(from + i) >>> 6] |= set.toLong() << (from + i);
            FloatVector d = FloatVector.fromArray(FLOATS, difference, i);
            FloatVector c = FloatVector.fromArray(FLOATS, centre, i);
            products = products.add(d.neg().blend(d, set));
            product = product.add(c.neg().blend(c, set));
            left.add(part).blend(left.sub(part), set).intoArray(rest, i);
        }
        residuals.sums()[1] += weight * sum(products);
        residuals.sums()[2] += weight * sum(product);
    }

    static float squares(float[] vector) {
        FloatVector squares = FloatVector.zero(FLOATS);
        for (int i = 0; i < vector.length; i += LANES) {
            FloatVector components = FloatVector.fromArray(FLOATS, vector, i);
            squares = components.fma(components, squares);
        }
        return sum(squares);
    }

    /** By halves, written out as in {@link VectorHeapKernels}. */
    private static float sum(FloatVector vector) {
        FloatVector s = vector.add(vector.rearrange(SWAP_HALF));
        s = s.add(s.rearrange(SWAP_QUARTER));
        if (LANES > 4) {
            s = s.add(s.rearrange(SWAP_EIGHTH));
        }
        if (LANES > 8) {
            s = s.add(s.rearrange(SWAP_SIXTEENTH));
        }
        return s.lane(0);
    }
}

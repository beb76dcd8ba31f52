package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.GE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The signs of a difference and sums over it with SIMD: see {@link Residuals}. */
final class VectorResiduals {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final int LANES = FLOATS.length();

    private VectorResiduals() {}

    static void compute(float[] row, float[] centre, long[] bits, double[] sums, float[] lanes) {
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
        sums[0] = sum(squares, lanes);
        sums[1] = sum(magnitudes, lanes);
        sums[2] = sum(product, lanes);
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
        residuals.sums()[1] += weight * sum(products, residuals.lanes());
        residuals.sums()[2] += weight * sum(product, residuals.lanes());
    }

    static float squares(float[] vector) {
        FloatVector squares = FloatVector.zero(FLOATS);
        for (int i = 0; i < vector.length; i += LANES) {
            FloatVector components = FloatVector.fromArray(FLOATS, vector, i);
            squares = components.fma(components, squares);
        }
        double sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += squares.lane(i);
        }
        return (float) sum;
    }

    /** In the order of the lanes, which {@code reduceLanes} does not promise; through memory, the fastest way to all of them. */
    private static double sum(FloatVector vector, float[] lanes) {
        vector.intoArray(lanes, 0);
        double sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += lanes[i];
        }
        return sum;
    }
}

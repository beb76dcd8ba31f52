package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of floats in double with SIMD: see {@link FloatKernels}. */
final class VectorSums {
    static final int LANES = Species.FLOATS.length();
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Double> DOUBLES =
            VectorSpecies.of(double.class, FLOATS.vectorShape());

    private VectorSums() {}

    static double sum(float[] vector, int end) {
        DoubleVector low = DoubleVector.zero(DOUBLES);
        DoubleVector high = low;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, vector, i);
            low = low.add((DoubleVector) x.convert(F2D, 0));
            high = high.add((DoubleVector) x.convert(F2D, 1));
        }
        return low.add(high).reduceLanes(ADD);
    }

    static double squares(float[] vector, int end) {
        DoubleVector low = DoubleVector.zero(DOUBLES);
        DoubleVector high = low;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, vector, i);
            DoubleVector a = (DoubleVector) x.convert(F2D, 0);
            DoubleVector b = (DoubleVector) x.convert(F2D, 1);
            low = a.fma(a, low);
            high = b.fma(b, high);
        }
        return low.add(high).reduceLanes(ADD);
    }
}

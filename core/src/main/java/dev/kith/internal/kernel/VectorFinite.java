package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;

import jdk.incubator.vector.FloatVector;

/** Whether components are numbers, with SIMD: every query is asked. */
final class VectorFinite {
    static final int LANES = Species.FLOATS.length();

    private VectorFinite() {}

    /** Zero times a number is zero, times anything else it is NaN. */
    static boolean finite(float[] vector, int end) {
        FloatVector sum = FloatVector.zero(Species.FLOATS);
        for (int i = 0; i < end; i += LANES) {
            sum = sum.add(FloatVector.fromArray(Species.FLOATS, vector, i).mul(0f));
        }
        return sum.compare(EQ, sum).allTrue();
    }
}

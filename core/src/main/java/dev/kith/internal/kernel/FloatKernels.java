package dev.kith.internal.kernel;

import dev.kith.Metric;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;

/**
 * Chooses the kernels: SIMD where the JVM was started with the module jdk.incubator.vector, else their scalar twins, which
 * are several times slower. No class that mentions a vector type is loaded in that case.
 */
public final class FloatKernels {
    private static final String MODULE = "jdk.incubator.vector";
    private static final boolean SIMD = choose();

    private FloatKernels() {}

    private static boolean choose() {
        boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
        if (present && Species.USABLE) {
            return true;
        }
        String remedy = present
                ? "this JVM has no vector registers to offer"
                : "start Java with --add-modules " + MODULE;
        System.getLogger("dev.kith")
                .log(
                        System.Logger.Level.WARNING,
                        "Distances are computed without SIMD, several times slower: " + remedy);
        return false;
    }

    /** Whether the SIMD kernels are in use. */
    public static boolean simd() {
        return SIMD;
    }

    /**
     * The fastest scorer of float32 rows.
     *
     * @param rows padded with zeros to a multiple of 16 components; under {@link Metric#COSINE} the reciprocal of the
     *     norm stands behind the last component
     */
    public static Scorer scorer(Records rows, Metric metric, int dimension) {
        return SIMD ? vector(rows, metric, dimension) : scalar(rows, metric, dimension);
    }

    /** A scorer with the SIMD kernels; needs the module. */
    public static Scorer vector(Records rows, Metric metric, int dimension) {
        boolean squared = metric == Metric.EUCLIDEAN;
        FloatKernel kernel = switch (rows) {
            case HeapRecords heap ->
                squared ? new VectorHeapKernels.Squared(heap) : new VectorHeapKernels.Dot(heap);
            case MappedRecords mapped ->
                squared
                        ? new VectorMappedKernels.Squared(mapped)
                        : new VectorMappedKernels.Dot(mapped);
        };
        return new FloatScorer(rows, metric, dimension, kernel);
    }

    /** A scorer with the scalar kernels. */
    public static Scorer scalar(Records rows, Metric metric, int dimension) {
        boolean squared = metric == Metric.EUCLIDEAN;
        FloatKernel kernel = switch (rows) {
            case HeapRecords heap ->
                squared ? new ScalarKernels.HeapSquared(heap) : new ScalarKernels.HeapDot(heap);
            case MappedRecords mapped ->
                squared
                        ? new ScalarKernels.MappedSquared(mapped)
                        : new ScalarKernels.MappedDot(mapped);
        };
        return new FloatScorer(rows, metric, dimension, kernel);
    }

    /** One over the Euclidean length. */
    public static double inverseNorm(float[] vector, int dimension) {
        return 1 / Math.sqrt(squares(vector, dimension));
    }

    /** Whether no component is NaN or infinite. */
    public static boolean finite(float[] vector) {
        int end = SIMD ? vector.length & -VectorFinite.LANES : 0;
        boolean finite = !SIMD || VectorFinite.finite(vector, end);
        for (int i = end; i < vector.length; i++) {
            finite &= Float.isFinite(vector[i]);
        }
        return finite;
    }

    /** The squared Euclidean length in double. */
    public static double squares(float[] vector, int dimension) {
        int end = SIMD ? dimension & -VectorSums.LANES : 0;
        double sum = SIMD ? VectorSums.squares(vector, end) : 0;
        for (int i = end; i < dimension; i++) {
            sum += (double) vector[i] * vector[i];
        }
        return sum;
    }

    /** The sum of the components in double. */
    static double sum(float[] vector, int dimension) {
        int end = SIMD ? dimension & -VectorSums.LANES : 0;
        double sum = SIMD ? VectorSums.sum(vector, end) : 0;
        for (int i = end; i < dimension; i++) {
            sum += vector[i];
        }
        return sum;
    }
}

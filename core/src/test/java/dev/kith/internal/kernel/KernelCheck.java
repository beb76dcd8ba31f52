package dev.kith.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BuildContext;
import dev.kith.ExactDistance;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.Vectors;
import dev.kith.spi.Encoding;
import dev.kith.spi.Encodings;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Compares kernels with sums in double, for every kind of length and row. Runs in the tests' JVM and, as a program, in JVMs
 * with other vector widths or without the vector module.
 */
final class KernelCheck {
    private static final int ROWS = 21;
    private static final long SEED = 7;

    private KernelCheck() {}

    /** The kernels of an encoding, SIMD or scalar. */
    enum Kernels {
        FLOAT32("float32") {
            @Override
            Scorer scorer(Records rows, Encoding encoding, boolean simd) {
                int dimension = encoding.dimension();
                return simd
                        ? FloatKernels.vector(rows, encoding.metric(), dimension)
                        : FloatKernels.scalar(rows, encoding.metric(), dimension);
            }
        },
        INT8("int8") {
            @Override
            Scorer scorer(Records rows, Encoding encoding, boolean simd) {
                return simd
                        ? CodeKernels.vector(rows, encoding, 8)
                        : CodeKernels.scalar(rows, encoding, 8);
            }
        },
        INT4("int4") {
            @Override
            Scorer scorer(Records rows, Encoding encoding, boolean simd) {
                return simd
                        ? CodeKernels.vector(rows, encoding, 4)
                        : CodeKernels.scalar(rows, encoding, 4);
            }
        };

        private final String encoding;

        Kernels(String encoding) {
            this.encoding = encoding;
        }

        Encoding encoding(int dimension, Metric metric) {
            return Encodings.of(encoding, dimension, metric);
        }

        abstract Scorer scorer(Records rows, Encoding encoding, boolean simd);
    }

    /** Prints the number of SIMD lanes, 1 without, when everything agrees. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("kernels");
        for (Kernels kernels : Kernels.values()) {
            check(kernels, FloatKernels.simd(), folder);
            check(kernels, false, folder);
        }
        checkFinite();
        BlockCheck.check(folder);
        SignCheck.check(folder);
        System.out.println("lanes " + (FloatKernels.simd() ? Species.FLOATS.length() : 1));
    }

    /** Numbers of any size are finite; what is not is found at every place. */
    static void checkFinite() {
        for (int dimension : dimensions()) {
            float[] vector = vector(new Random(SEED), dimension);
            vector[dimension / 2] = -Float.MAX_VALUE;
            for (int i = 0; i < dimension; i++) {
                float component = vector[i];
                for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1f / 0}) {
                    vector[i] = bad;
                    if (FloatKernels.finite(vector)) {
                        throw new AssertionError(bad + " at " + i + " of " + dimension);
                    }
                }
                vector[i] = component;
            }
            if (!FloatKernels.finite(vector)) {
                throw new AssertionError("finite components, " + dimension);
            }
        }
    }

    static int[] dimensions() {
        return IntStream.concat(IntStream.rangeClosed(1, 4 * 16 + 3), IntStream.of(207, 702, 1536))
                .toArray();
    }

    static void check(Kernels kernels, boolean simd, Path folder) throws Exception {
        for (int dimension : dimensions()) {
            for (Metric metric : Metric.values()) {
                Random random = new Random(SEED);
                float[][] vectors = new float[ROWS][];
                for (int i = 0; i < ROWS; i++) {
                    vectors[i] = vector(random, dimension);
                }
                Encoding encoding = kernels.encoding(dimension, metric);
                eachStorage(
                        vectors,
                        encoding,
                        folder,
                        (rows, nothing) -> check(
                                kernels.scorer(rows, encoding, simd),
                                rows,
                                encoding,
                                vector(random, dimension)));
            }
        }
    }

    /** The same rows in heap pages and in a mapped file. */
    static void eachStorage(
            float[][] vectors, Encoding encoding, Path folder, ObjIntConsumer<Records> use)
            throws Exception {
        HeapRecords heap =
                encoding.encode(Vectors.of(vectors), BuildContext.defaults().withThreads(1));
        Path file = folder.resolve("rows.kith");
        use.accept(heap, 0);
        IndexImage.builder("TEST", 1, Map.of()).section(1, heap).build().save(file);
        try (IndexImage image = IndexImage.open(file, Residency.MAPPED)) {
            use.accept(image.records(1, encoding.stride(), vectors.length), 1);
        }
    }

    private static void check(Scorer scorer, Records rows, Encoding encoding, float[] query) {
        int dimension = query.length;
        Metric metric = encoding.metric();
        Vectors vectors = encoding.decoded(rows);
        scorer.query(query);
        for (int count = 0; count <= ROWS; count++) {
            int[] ids = IntStream.range(0, count).map(i -> (i * 5 + 3) % ROWS).toArray();
            float[] out = new float[count + 1];
            out[count] = -77;
            scorer.distances(ids, count, out);
            for (int i = 0; i < count; i++) {
                double exact = ExactDistance.between(query, vectors.row(ids[i]), metric);
                float alone = scorer.distance(ids[i]);
                // Plain comparisons: assertions on each of a million numbers would take minutes.
                if (alone != out[i] || !(Math.abs(out[i] - exact) <= 1e-4 * dimension)) {
                    throw new AssertionError(encoding.name() + ", " + metric + " of " + dimension
                            + " components, row "
                            + ids[i] + ", " + rows.getClass() + ", seed " + SEED + ": exact "
                            + exact + ", in a call of " + count + " " + out[i] + ", alone "
                            + alone);
                }
            }
            assertThat(out[count]).as("behind the results").isEqualTo(-77);
        }
        scorer.query(3);
        assertThat(scorer.distance(3))
                .isCloseTo(
                        (float) ExactDistance.between(vectors.row(3), vectors.row(3), metric),
                        within(1e-4f * dimension));
    }

    static float[] vector(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = 2 * random.nextFloat() - 1;
        }
        return vector;
    }
}

package dev.kith.internal.kernel;

import dev.kith.Residency;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Compares the kernels over signs with sums taken one sign at a time: whole numbers, which must be equal. */
final class SignCheck {
    private static final long SEED = 31;
    private static final int ROWS = 21;

    private SignCheck() {}

    static void check(Path folder) throws Exception {
        for (int dimension : new int[] {64, 80, 128, 384, 496, 512, 528, 784, 1024, 1536, 4096}) {
            Random random = new Random(SEED + dimension);
            float[] query = KernelCheck.vector(random, dimension);
            HeapRecords heap = records(random, dimension);
            eachStorage(heap, folder, rows -> {
                check(SignKernels.scalar(rows), heap, query);
                if (FloatKernels.simd()) {
                    check(SignKernels.vector(rows), heap, query);
                }
            });
        }
    }

    /** Random bits, also where constants would stand. */
    static HeapRecords records(Random random, int dimension) {
        HeapRecords records = HeapRecords.allocate(ROWS, (dimension / 8 + 16 + 63) & -64);
        byte[] bytes = new byte[records.stride()];
        for (int row = 0; row < ROWS; row++) {
            random.nextBytes(bytes);
            records.putBytes(row, 0, bytes, 0, bytes.length);
        }
        return records;
    }

    static void eachStorage(HeapRecords heap, Path folder, Consumer<Records> use) throws Exception {
        use.accept(heap);
        Path file = folder.resolve("signs.kith");
        IndexImage.builder("TEST", 1, Map.of()).section(1, heap).build().save(file);
        try (IndexImage image = IndexImage.open(file, Residency.MAPPED)) {
            use.accept(image.records(1, heap.stride(), heap.count()));
        }
    }

    private static void check(RowKernel<long[]> kernel, HeapRecords records, float[] query) {
        SignKernels kernels = new SignKernels(kernel, query.length);
        kernels.query(query);
        int[] rounded = rounded(query, kernels.step());
        for (int count = 0; count <= ROWS; count++) {
            int[] rows = IntStream.range(0, count).map(i -> (i * 5 + 3) % ROWS).toArray();
            float[] out = new float[count + 1];
            out[count] = -77;
            kernels.sums(rows, count, out);
            for (int i = 0; i < count; i++) {
                int positive = 0;
                int product = 0;
                for (int j = 0; j < query.length; j++) {
                    boolean set = (records.getInt(rows[i], j / 32 * 4) >>> j & 1) != 0;
                    positive += set ? rounded[j] : 0;
                    product += set ? rounded[j] : -rounded[j];
                }
                require(out[i] == positive, kernel, query.length);
                require(kernels.sum(rows[i]) == positive, kernel, query.length);
                double expected = kernels.step() * (double) product;
                require(kernels.product(out[i]) == expected, kernel, query.length);
            }
            require(out[count] == -77, kernel, query.length);
        }
    }

    /** Within half a step of the component, and from -7 to 7. */
    private static int[] rounded(float[] query, float step) {
        int[] rounded = new int[query.length];
        for (int i = 0; i < query.length; i++) {
            rounded[i] = Math.round(query[i] / step);
        }
        if (Arrays.stream(rounded).map(Math::abs).max().getAsInt() != 7) {
            throw new AssertionError("the greatest component is seven steps long");
        }
        return rounded;
    }

    private static void require(boolean condition, RowKernel<long[]> kernel, int dimension) {
        if (!condition) {
            throw new AssertionError(kernel.getClass() + " of " + dimension + " signs");
        }
    }
}

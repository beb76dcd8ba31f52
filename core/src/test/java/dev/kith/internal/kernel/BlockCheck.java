package dev.kith.internal.kernel;

import dev.kith.Residency;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * Compares the kernels of blocks, tables, rotations, residuals, sums and keys with their scalar twins, bit by bit. Runs in the tests' JVM and,
 * through {@link KernelCheck}, in JVMs with other vector widths.
 */
final class BlockCheck {
    private static final long SEED = 19;
    private static final int RECORDS = 5;

    private BlockCheck() {}

    static void check(Path folder) throws Exception {
        checkKeys(new Random(SEED), 48);
        checkKeys(new Random(SEED), 136);
        checkWindow(new Random(SEED));
        checkBetween(new Random(SEED));
        for (int dimension = 1; dimension <= 70; dimension++) {
            checkSums(new Random(SEED + dimension), dimension);
        }
        for (int dimension : new int[] {64, 80, 96, 128, 384, 784, 1024, 4096}) {
            Random random = new Random(SEED + dimension);
            checkRotation(random, dimension);
            checkResiduals(random, dimension);
            for (int planes = 2; planes <= 4; planes++) {
                checkPlanes(random, dimension, planes);
            }
            byte[] tables = checkTables(random, dimension);
            HeapRecords heap = records(random, dimension);
            checkBlocks(random, tables, heap, heap, dimension / 4);
            Path file = folder.resolve("blocks.kith");
            IndexImage.builder("TEST", 1, Map.of()).section(1, heap).build().save(file);
            try (IndexImage image = IndexImage.open(file, Residency.MAPPED)) {
                Records mapped = image.records(1, heap.stride(), heap.count());
                checkBlocks(random, tables, heap, mapped, dimension / 4);
            }
        }
    }

    private static void checkWindow(Random random) {
        long[] one = new long[KeyKernels.WINDOW];
        long[] fallen = new long[64];
        long[] others = new long[64];
        for (int round = 0; round < 200; round++) {
            Arrays.fill(one, Long.MAX_VALUE);
            long[] other = one.clone();
            for (int batch = 0; batch < 5; batch++) {
                int n = random.nextInt(33);
                long[] keys = random.longs(n, -500, 500).toArray();
                int count = KeyKernels.pass(one, keys, n, fallen, 3);
                int expected = KeyKernels.scalarPass(other, keys, n, others, 3);
                require(Arrays.equals(one, other), "the window after a batch of " + n);
                require(
                        count == expected && Arrays.equals(fallen, 3, count, others, 3, expected),
                        "what falls out of the window in a batch of " + n);
            }
        }
    }

    /** Of a stretch of an array, into another one and into itself, whose other keys stay. */
    private static void checkBetween(Random random) {
        for (int round = 0; round < 500; round++) {
            int from = random.nextInt(20);
            int to = from + random.nextInt(100);
            long[] keys = random.longs(to + random.nextInt(20), -500, 500).toArray();
            long least = random.nextLong(-600, 600);
            long limit = random.nextLong(-600, 600);
            long[] one = new long[to - from + KeyKernels.ROOM];
            long[] other = one.clone();
            int end = KeyKernels.between(keys, from, to, least, limit, one, 0);
            int expected = KeyKernels.scalarBetween(keys, from, to, least, limit, other, 0);
            require(
                    end == expected && Arrays.equals(one, 0, end, other, 0, end),
                    "keys from " + least + " to " + limit);
            int at = random.nextInt(from + 1);
            long[] before = keys.clone();
            int behind = KeyKernels.between(keys, from, to, least, limit, keys, at);
            require(
                    behind == at + end
                            && Arrays.equals(keys, at, behind, one, 0, end)
                            && Arrays.equals(keys, 0, at, before, 0, at)
                            && Arrays.equals(keys, to, keys.length, before, to, keys.length),
                    "keys from " + least + " to " + limit + " in place");
        }
    }

    private static void checkKeys(Random random, int count) {
        long[] one = new long[8 + count];
        Arrays.fill(one, 8, one.length, Long.MAX_VALUE);
        one[7] = Long.MIN_VALUE;
        long[] other = one.clone();
        for (int i = 0; i < 2000; i++) {
            long key = random.nextInt(1000) - 500;
            KeyKernels.insert(one, 8, one.length, key);
            KeyKernels.scalar(other, 8, other.length, key);
            require(Arrays.equals(one, other), "insertion " + i + " among " + count + " keys");
        }
    }

    /** Sums in double, of components far from zero, so that sums in float would be seen. */
    private static void checkSums(Random random, int dimension) {
        float[] row = KernelCheck.vector(random, dimension + 3);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] += i < dimension ? 10_000 : 1e9f;
            sum += i < dimension ? row[i] : 0;
            squares += i < dimension ? (double) row[i] * row[i] : 0;
        }
        double found = FloatKernels.sum(row, dimension);
        require(Math.abs(found - sum) <= 1e-12 * sum, "sum of " + dimension);
        found = FloatKernels.squares(row, dimension);
        require(Math.abs(found - squares) <= 1e-12 * squares, "squares of " + dimension);
    }

    /** Signs are the same; sums differ by rounding. */
    private static void checkResiduals(Random random, int dimension) {
        float[] row = KernelCheck.vector(random, dimension);
        float[] centre = KernelCheck.vector(random, dimension);
        row[3] = centre[3];
        long[] bits = new long[(dimension + 63) / 64];
        double[] sums = new double[3];
        Residuals.scalar(row, centre, bits, sums);
        Residuals residuals = new Residuals(dimension, 1);
        long[] found = new long[bits.length];
        residuals.compute(row, centre, found);
        require(Arrays.equals(found, bits), "signs of " + dimension);
        double[] foundSums = {residuals.squares(), residuals.product(), residuals.centre()};
        for (int i = 0; i < 3; i++) {
            require(Math.abs(foundSums[i] - sums[i]) <= 1e-5 * dimension, "sum " + i);
        }
        double squares = 0;
        for (float component : row) {
            squares += (double) component * component;
        }
        require(Math.abs(Residuals.squares(row) - squares) <= 1e-5 * dimension, "squares");
    }

    /** Each component has the code nearest to it, and the sums are those of the codes. */
    private static void checkPlanes(Random random, int dimension, int planes) {
        float[] row = KernelCheck.vector(random, dimension);
        float[] centre = KernelCheck.vector(random, dimension);
        row[3] = centre[3];
        Residuals residuals = new Residuals(dimension, planes);
        long[] signs = new long[(planes * dimension + 63) / 64];
        residuals.compute(row, centre, signs);
        int most = (1 << planes) - 1;
        double half = residuals.half();
        double product = 0;
        double ofCentre = 0;
        for (int i = 0; i < dimension; i++) {
            int code = 0;
            for (int plane = 0; plane < planes; plane++) {
                int sign = plane * dimension + i;
                boolean set = (signs[sign / 64] >> sign & 1) != 0;
                code = 2 * code + (set ? 1 : -1);
            }
            double difference = (double) row[i] - centre[i];
            double off = Math.abs(difference - code * half);
            boolean beyond = Math.abs(code) == most && code * difference > 0;
            require(beyond || off <= 1.001 * half, planes + " bits, component " + i);
            product += code * difference;
            ofCentre += code * (double) centre[i];
        }
        double tolerance = 1e-5 * dimension * most;
        require(Math.abs(product - residuals.product()) <= tolerance, "product");
        require(Math.abs(ofCentre - residuals.centre()) <= tolerance, "product with the centre");
    }

    private static void checkRotation(Random random, int dimension) {
        float[] factors = KernelCheck.vector(random, dimension);
        float[] one = KernelCheck.vector(random, dimension);
        float[] other = one.clone();
        int block = Integer.highestOneBit(dimension);
        Hadamard.scalar(one, dimension - block, block, factors);
        Hadamard.transform(other, dimension - block, block, factors);
        require(Arrays.equals(one, other), "rotation of " + dimension);
    }

    private static byte[] checkTables(Random random, int dimension) {
        float[] query = KernelCheck.vector(random, dimension);
        byte[] rounded = new byte[dimension + Tables.SLACK];
        byte[] tables = new byte[Tables.bytes(dimension)];
        float unit = Tables.fill(query, rounded, tables);
        byte[] expected = new byte[dimension];
        float largest = Tables.largest(query);
        Tables.round(query, 29 / largest, expected);
        require(
                Arrays.equals(Arrays.copyOf(rounded, dimension), expected),
                "rounding of " + dimension);
        require(Math.abs(unit * 29 - largest) <= 1e-5 * largest, "unit of " + dimension);
        byte[] entries = new byte[tables.length];
        Tables.fill(expected, dimension, entries);
        require(Arrays.equals(tables, entries), "tables of " + dimension);
        for (byte entry : tables) {
            require(entry >= 0 && entry <= 62, "entry " + entry);
        }
        return tables;
    }

    private static HeapRecords records(Random random, int dimension) {
        int bytes = 4 * dimension;
        HeapRecords records = HeapRecords.allocate(RECORDS, 64 + bytes + 256);
        byte[] noise = new byte[64 + bytes];
        for (int record = 0; record < RECORDS; record++) {
            random.nextBytes(noise);
            records.putBytes(record, 0, noise, 0, noise.length);
            records.putFloats(record, noise.length, KernelCheck.vector(random, 64), 0, 64);
        }
        return records;
    }

    private static void checkBlocks(
            Random random, byte[] tables, HeapRecords heap, Records records, int columns) {
        BlockKernels scalar = new BlockKernels(new ScalarBlocks(heap), columns);
        BlockKernels chosen = new BlockKernels(records, columns);
        float[] one = new float[32];
        float[] other = new float[32];
        for (int record = 0; record < RECORDS; record++) {
            float base = random.nextFloat();
            float shift = -31f * columns;
            int expected = scalar.estimate(tables, record, 64, 0.01f, 0.01f * shift, base, 1, one);
            int found = chosen.estimate(tables, record, 64, 0.01f, 0.01f * shift, base, 1, other);
            require(Arrays.equals(one, other), "estimates of " + columns + " columns");
            require(expected == found, "members below the limit: " + expected + ", " + found);
            int below = 0;
            for (int i = 0; i < 32; i++) {
                below |= one[i] < 1 ? 1 << i : 0;
            }
            require(below == found, "bits " + below + ", " + found);
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what + ", seed " + SEED);
        }
    }
}

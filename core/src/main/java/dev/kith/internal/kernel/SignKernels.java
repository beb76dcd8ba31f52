package dev.kith.internal.kernel;

import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;
import dev.kith.spi.Records;

/**
 * Inner products of a rotated query and rows of signs, for one thread. Bit {@code i & 63} of the little-endian long
 * {@code i >> 6} of a record is set where sign {@code i} is positive; what follows the signs up to the next 64 bytes is read
 * too, and counts nothing.
 *
 * <p>Components of the query are rounded to whole numbers from -7 to 7, of four bits in two's complement, and laid out as four
 * bit planes: what a plane adds up to over the positive signs is the population count of its AND with the row (Gao and Long,
 * "RaBitQ", SIGMOD 2024, section 3.3). The planes weigh 1, 2, 4 and -8, so that no offset is left to correct, as unsigned numbers
 * would need.
 */
public final class SignKernels {
    private static final int PLANES = 4;
    private static final int GREATEST = 7;

    /** The signs of the widest vector: planes are padded to it, so that a kernel has no tail. */
    private static final int WIDEST = 512;

    private final Batches<long[]> batches;
    private final long[] planes;
    private final int words;
    private float step;
    private int total;

    /** @param dimension how many signs a row has; the rows' records are a multiple of 64 bytes wide, and hold as many */
    public SignKernels(Records rows, int dimension) {
        this(FloatKernels.simd() ? vector(rows) : scalar(rows), dimension);
    }

    SignKernels(RowKernel<long[]> kernel, int dimension) {
        batches = new Batches<>(kernel);
        words = Math.ceilDiv(dimension, WIDEST) * (WIDEST / Long.SIZE);
        planes = new long[PLANES * words];
    }

    static RowKernel<long[]> vector(Records rows) {
        return switch (rows) {
            case HeapRecords heap -> new VectorSignKernels.Heap(heap);
            case MappedRecords mapped -> new VectorSignKernels.Mapped(mapped);
        };
    }

    static RowKernel<long[]> scalar(Records rows) {
        return switch (rows) {
            case HeapRecords heap -> new ScalarSignKernels.Heap(heap);
            case MappedRecords mapped -> new ScalarSignKernels.Mapped(mapped);
        };
    }

    /** Rounds a rotated query, which is used up before the call returns. */
    public void query(float[] rotated) {
        float largest = 0;
        for (float component : rotated) {
            largest = Math.max(largest, Math.abs(component));
        }
        step = largest / GREATEST;
        float inverse = largest == 0 ? 0 : GREATEST / largest;
        total = 0;
        for (int from = 0; from < rotated.length; from += Long.SIZE) {
            word(rotated, from, inverse);
        }
    }

    /** A long of each plane. */
    private void word(float[] rotated, int from, float inverse) {
        long plane0 = 0;
        long plane1 = 0;
        long plane2 = 0;
        long plane3 = 0;
        for (int i = from; i < Math.min(from + Long.SIZE, rotated.length); i++) {
            // Adding a whole number before the cut, which rounds towards zero, makes it the nearest
            // below.
            int rounded = (int) (rotated[i] * inverse + 8.5f) - 8;
            total += rounded;
            plane0 |= (rounded & 1L) << i;
            plane1 |= (rounded >> 1 & 1L) << i;
            plane2 |= (rounded >> 2 & 1L) << i;
            plane3 |= (rounded >> 3 & 1L) << i;
        }
        int at = from / Long.SIZE;
        planes[at] = plane0;
        planes[words + at] = plane1;
        planes[2 * words + at] = plane2;
        planes[3 * words + at] = plane3;
    }

    /** The distance of neighbouring rounded components: what a component loses is at most half of it. */
    public float step() {
        return step;
    }

    /** The sum of the rounded components whose signs are positive in a row, in steps. */
    public float sum(int row) {
        return batches.value(planes, row);
    }

    /** Those of several rows, {@code out[i]} of {@code rows[i]}. */
    public void sums(int[] rows, int count, float[] out) {
        batches.values(planes, rows, count, out);
    }

    /** The inner product of the rounded query and a row's signs, from its sum: positive ones less negative ones. */
    public double product(float sum) {
        return step * (2.0 * sum - total);
    }
}

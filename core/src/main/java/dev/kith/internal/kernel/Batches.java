package dev.kith.internal.kernel;

/**
 * Gives a kernel any number of rows, eight or four at a time. Scratch for one thread.
 *
 * @param <Q> what a query is prepared as
 */
final class Batches<Q> {
    private final RowKernel<Q> kernel;
    private final int[] lastRows = new int[4];
    private final float[] lastValues = new float[4];

    Batches(RowKernel<Q> kernel) {
        this.kernel = kernel;
    }

    /** What the kernel computes of one row. */
    float value(Q query, int row) {
        return kernel.one(query, row);
    }

    /** What the kernel computes of the first {@code count} rows, {@code out[i]} of {@code rows[i]}. */
    void values(Q query, int[] rows, int count, float[] out) {
        int at = 0;
        for (; at + 8 <= count; at += 8) {
            kernel.eight(query, rows, at, out);
        }
        if (at + 4 <= count) {
            kernel.four(query, rows, at, out);
            at += 4;
        }
        if (at + 1 == count) {
            out[at] = kernel.one(query, rows[at]);
        } else if (at < count) {
            last(query, rows, at, count, out);
        }
    }

    /** Two or three rows, as four of which the last is repeated. */
    private void last(Q query, int[] rows, int at, int count, float[] out) {
        for (int i = 0; i < 4; i++) {
            lastRows[i] = rows[Math.min(at + i, count - 1)];
        }
        kernel.four(query, lastRows, 0, lastValues);
        System.arraycopy(lastValues, 0, out, at, count - at);
    }
}

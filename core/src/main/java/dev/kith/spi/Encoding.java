package dev.kith.spi;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.Vectors;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the bytes of a row mean: {@link Float32} or, in fewer bytes, {@link Quantised} or {@link RaBitQ}. An encoding knows the
 * dimension and the metric, so that an index over it needs to know neither. Immutable and safe for any number of threads.
 */
public interface Encoding {
    /** The name in files and reports, such as {@code float32}; {@link Encodings} finds an encoding by it. */
    String name();

    /** The number of components of a row. */
    int dimension();

    /** How rows are compared. */
    Metric metric();

    /** Whether decoding gives back exactly the row that was encoded. If not, distances are those to the decoded row, or estimates. */
    boolean exact();

    /** The width of an encoded row in bytes, a multiple of 64. */
    int stride();

    /** Writes a row; the caller has checked it with {@link Metric#check}. */
    void encode(float[] row, HeapRecords into, int record);

    /** Reads a row back, exactly or as nearly as the encoding can. */
    void decode(Records rows, int record, float[] into, int offset);

    /**
     * A scorer of these rows for one thread. Its distances are those between the query and the decoded rows, or what else the
     * encoding says.
     */
    Scorer scorer(Records rows);

    /**
     * Checks and encodes all rows on the context's threads.
     *
     * @throws IllegalArgumentException if a row is not finite, or zero under cosine
     * @throws InterruptedException if the calling thread is interrupted
     */
    default HeapRecords encode(Vectors rows, BuildContext context) throws InterruptedException {
        int size = rows.size();
        HeapRecords records = HeapRecords.allocate(size, stride());
        Object one = new Object();
        AtomicInteger done = new AtomicInteger();
        int batch = 1024;
        Workers.run(context.threads(), (int) (((long) size + batch - 1) / batch), () -> {
            float[] row = new float[dimension()];
            return task -> {
                int end = (int) Math.min(size, (task + 1L) * batch);
                for (int i = task * batch; i < end; i++) {
                    rows.read(i, row, 0);
                    metric().check(row, dimension(), "row " + i);
                    encode(row, records, i);
                }
                synchronized (one) {
                    context.progress()
                            .update("encode rows", done.addAndGet(end - task * batch), size);
                }
            };
        });
        return records;
    }

    /** Rows read back through this encoding. */
    default Vectors decoded(Records rows) {
        Encoding encoding = this;
        return new Vectors() {
            @Override
            public int size() {
                return rows.count();
            }

            @Override
            public int dimension() {
                return encoding.dimension();
            }

            @Override
            public void read(int row, float[] into, int offset) {
                encoding.decode(rows, Objects.checkIndex(row, rows.count()), into, offset);
            }
        };
    }
}

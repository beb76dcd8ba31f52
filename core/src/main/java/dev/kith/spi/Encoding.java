package dev.kith.spi;

import dev.kith.Metric;

/**
 * What the bytes of a row mean: float32 today, quantised forms by the same contract. An encoding knows the dimension and
 * the metric, so that an index over it needs to know neither. Immutable and safe for any number of threads.
 */
public interface Encoding {
    /** The name in files and reports: {@code float32}. */
    String name();

    /** The number of components of a row. */
    int dimension();

    /** How rows are compared. */
    Metric metric();

    /** The width of an encoded row in bytes, a multiple of 64. */
    int stride();

    /** Writes a row; the caller has checked it with {@link Metric#check}. */
    void encode(float[] row, HeapRecords into, int record);

    /** Reads a row back, exactly or as nearly as the encoding can. */
    void decode(Records rows, int record, float[] into, int offset);

    /** A scorer of these rows for one thread. */
    Scorer scorer(Records rows);
}

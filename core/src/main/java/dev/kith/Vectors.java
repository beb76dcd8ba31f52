package dev.kith;

import java.util.Objects;

/**
 * Rows of equal length, numbered from 0: what an index is built from and what it can give back. Implementations are
 * immutable and may be read by any number of threads.
 */
public interface Vectors {
    /** The number of rows. */
    int size();

    /** The number of components of each row, at least 1. */
    int dimension();

    /**
     * Copies one row.
     *
     * @param row in [0, size)
     * @param into receives {@code dimension} components from {@code offset} on
     */
    void read(int row, float[] into, int offset);

    /** A fresh copy of one row. */
    default float[] row(int row) {
        float[] copy = new float[dimension()];
        read(row, copy, 0);
        return copy;
    }

    /**
     * Rows held in one array each. The arrays are used, not copied: leave them alone afterwards.
     *
     * @throws IllegalArgumentException if there is no row, a row is empty or the lengths differ
     */
    static Vectors of(float[]... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no rows: the dimension is unknown");
        }
        return of(rows[0].length, rows);
    }

    /**
     * Rows of a stated dimension, perhaps none.
     *
     * @throws IllegalArgumentException if the dimension is below 1 or a row has another length
     */
    static Vectors of(int dimension, float[]... rows) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be positive: " + dimension);
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != dimension) {
                throw new IllegalArgumentException("row " + i + " has " + rows[i].length
                        + " components, expected dimension " + dimension);
            }
        }
        return new Vectors() {
            @Override
            public int size() {
                return rows.length;
            }

            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void read(int row, float[] into, int offset) {
                Objects.checkIndex(row, rows.length);
                System.arraycopy(rows[row], 0, into, offset, dimension);
            }
        };
    }
}

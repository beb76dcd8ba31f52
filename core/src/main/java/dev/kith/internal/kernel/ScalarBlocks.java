package dev.kith.internal.kernel;

import dev.kith.spi.Records;

import java.util.Arrays;

/** Blocks of codes without SIMD, for any records; gives the same bits as the SIMD kernels. */
final class ScalarBlocks implements BlockKernel {
    private static final int COLUMN = 16;

    private final Records records;
    private final int[] totals = new int[MEMBERS];
    private final byte[] column = new byte[COLUMN];

    ScalarBlocks(Records records) {
        this.records = records;
    }

    @Override
    public void sums(byte[] tables, int columns, int record, int at, short[] sums) {
        Arrays.fill(totals, 0);
        for (int c = 0; c < columns; c++) {
            records.readBytes(record, at + COLUMN * c, column, 0, COLUMN);
            int table = COLUMN * c;
            for (int i = 0; i < COLUMN; i++) {
                int member = (i >> 1) + 8 * (i & 1);
                totals[member] += tables[table + (column[i] & 15)];
                totals[member + COLUMN] += tables[table + ((column[i] >> 4) & 15)];
            }
        }
        for (int i = 0; i < MEMBERS; i++) {
            sums[i] = (short) totals[i];
        }
    }

    @Override
    public int estimates(
            short[] sums,
            int record,
            int at,
            float scale,
            float shift,
            float base,
            float limit,
            float[] estimates) {
        int below = 0;
        for (int i = 0; i < MEMBERS; i++) {
            float product = (sums[i] & 0xFFFF) * scale + shift;
            float a = records.getFloat(record, at + 4 * i);
            float b = records.getFloat(record, at + 4 * (i + MEMBERS));
            float estimate = b * product + a + base;
            estimates[i] = estimate;
            below |= estimate < limit ? 1 << i : 0;
        }
        return below;
    }
}

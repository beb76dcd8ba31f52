package dev.kith.internal.kernel;

import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;
import dev.kith.spi.Records;

/** Scores blocks of codes for one thread with the kernels of this JVM and of the records' storage. */
public final class BlockKernels {
    private final BlockKernel kernel;
    private final int columns;
    private final short[] sums = new short[BlockKernel.MEMBERS];

    /**
     * @param records each holds a block
     * @param columns how many columns a block has, a multiple of 4
     */
    public BlockKernels(Records records, int columns) {
        this(FloatKernels.simd() ? vector(records) : new ScalarBlocks(records), columns);
    }

    BlockKernels(BlockKernel kernel, int columns) {
        this.kernel = kernel;
        this.columns = columns;
    }

    static BlockKernel vector(Records records) {
        return switch (records) {
            case HeapRecords heap -> new VectorHeapBlocks(heap);
            case MappedRecords mapped -> new VectorMappedBlocks(mapped);
        };
    }

    /**
     * The estimates {@code a + b * (sum * scale + shift) + base} for the members of a record's block.
     *
     * @param tables the query's, from {@link Tables}
     * @param at where the block begins in the record
     * @param estimates 32 of them
     * @return a bit for each estimate below the limit
     */
    public int estimate(
            byte[] tables,
            int record,
            int at,
            float scale,
            float shift,
            float base,
            float limit,
            float[] estimates) {
        kernel.sums(tables, columns, record, at, sums);
        return kernel.estimates(
                sums, record, at + 16 * columns, scale, shift, base, limit, estimates);
    }
}

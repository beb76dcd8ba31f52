package dev.kith.spi;

import dev.kith.internal.kernel.BlockKernels;
import dev.kith.internal.kernel.Residuals;
import dev.kith.internal.kernel.Tables;

/** Estimates distances from one query to the rows in blocks of codes: see {@link BlockCodes}. Scratch of one thread. */
public final class BlockEstimator {
    private final BlockCodes codes;
    private final BlockKernels blocks;
    private float[] rotated;
    private final float[] weighed;
    private final byte[] rounded;
    private byte[] tables;
    private final int at;
    private final float[] estimates = new float[BlockCodes.MEMBERS];
    private float scale;
    private float shift;

    BlockEstimator(BlockCodes codes, Records records, int at) {
        this.codes = codes;
        blocks = new BlockKernels(records, codes.columns());
        this.at = at;
        rotated = new float[codes.rotatedDimension()];
        weighed = new float[4 * codes.columns()];
        rounded = new byte[weighed.length + Tables.SLACK];
        tables = new byte[Tables.bytes(weighed.length)];
    }

    /** Prepares a query; the array is used up before the call returns. */
    public void query(float[] query) {
        codes.rotate(query, rotated);
        scale = Tables.fill(codes.weigh(rotated, weighed), rounded, tables);
        shift = -scale * Tables.BIAS * codes.columns();
    }

    /** Scores for the query of another estimator of the same codes, until that one is given another or this one is. */
    public void share(BlockEstimator other) {
        rotated = other.rotated;
        tables = other.tables;
        scale = other.scale;
        shift = other.shift;
    }

    /** The distance from the query to the mean, the centre of blocks that have no row as theirs. */
    public float distanceOfMean() {
        return switch (codes.metric()) {
            case EUCLIDEAN -> Residuals.squares(rotated);
            case COSINE -> Residuals.squares(rotated) / 2;
            case DOT_PRODUCT -> -codes.productWithMean(rotated);
        };
    }

    /**
     * Estimates the distances to the members of a block.
     *
     * @param record where it is
     * @param block which of the record's blocks, which lie one behind the other
     * @param centre the distance of the block's centre
     * @param limit of interest
     * @return a bit for each member that is estimated below the limit; NaN never is
     */
    public int below(int record, int block, float centre, float limit) {
        int from = at + block * codes.bytes();
        return blocks.estimate(tables, record, from, scale, shift, centre, limit, estimates);
    }

    /** The estimate for a member of the block scored last. */
    public float estimate(int member) {
        return estimates[member];
    }
}

package dev.kith.spi;

import dev.kith.Cost;
import dev.kith.RowMask;
import dev.kith.SearchResult;

import org.jspecify.annotations.Nullable;

/**
 * Compares a query with all rows, or with all that a mask allows: the flat index, and what a graph falls back to when few
 * rows are allowed. Scratch for one thread; the caller has checked query and mask.
 */
public final class ExactScan {
    private static final int BATCH = 64;

    private final Scorer scorer;
    private final int size;
    private final int stride;
    private final int[] batch = new int[BATCH];
    private final float[] distances = new float[BATCH];
    private final NearestRows nearest = new NearestRows();

    /** @param rows encoded by the encoding */
    public ExactScan(Encoding encoding, Records rows) {
        this.scorer = encoding.scorer(rows);
        this.size = rows.count();
        this.stride = rows.stride();
    }

    /** The nearest min(k, allowed) rows. */
    public SearchResult nearest(float[] query, int k, @Nullable RowMask allowed) {
        nearest.reset(k);
        return scan(query, Long.MAX_VALUE, allowed);
    }

    /** All rows at most that far. */
    public SearchResult range(float[] query, float maxDistance, @Nullable RowMask allowed) {
        nearest.reset(Integer.MAX_VALUE);
        return scan(query, NearestRows.key(maxDistance, Integer.MAX_VALUE), allowed);
    }

    /** Offers every row whose key is not beyond the limit. */
    private SearchResult scan(float[] query, long limit, @Nullable RowMask allowed) {
        scorer.query(query);
        long computed = 0;
        int row = first(allowed, 0);
        while (row >= 0) {
            int count = 0;
            while (row >= 0 && count < BATCH) {
                batch[count++] = row;
                row = first(allowed, row + 1);
            }
            scorer.distances(batch, count, distances);
            for (int i = 0; i < count; i++) {
                if (NearestRows.key(distances[i], batch[i]) <= limit) {
                    nearest.offer(distances[i], batch[i]);
                }
            }
            computed += count;
        }
        return nearest.result(new Cost(computed, 0, computed * stride));
    }

    private int first(@Nullable RowMask allowed, int from) {
        if (allowed != null) {
            return allowed.next(from);
        }
        return from < size ? from : -1;
    }
}

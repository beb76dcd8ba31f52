package dev.kith;

/**
 * The rows found, nearest first, equal distances by ascending row.
 *
 * @param rows row numbers
 * @param distances one per row, in the metric's terms; ascending
 * @param cost what the search did
 */
public record SearchResult(int[] rows, float[] distances, Cost cost) {
    /** The number of rows found. */
    public int size() {
        return rows.length;
    }
}

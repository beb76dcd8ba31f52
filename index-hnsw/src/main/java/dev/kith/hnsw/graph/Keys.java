package dev.kith.hnsw.graph;

/**
 * A distance and a node in one {@code long} that sorts by (distance, node): sortable float bits in the upper half, the
 * node in bits 1 to 31, and a free bit 0, in which {@link Pool} marks nodes that were expanded.
 */
public final class Keys {
    private Keys() {}

    public static long of(float distance, int node) {
        // Adding zero turns -0 into 0, so that equal distances have equal bits; NaN becomes
        // largest.
        int bits = Float.floatToIntBits(distance + 0.0f);
        return ((long) sortable(bits) << 32) | ((node << 1) & 0xFFFF_FFFFL);
    }

    public static int node(long key) {
        return (int) key >>> 1;
    }

    public static float distance(long key) {
        return Float.intBitsToFloat(sortable((int) (key >> 32)));
    }

    /** Its own inverse: negative floats have their bits turned round, so that ints compare as the floats do. */
    private static int sortable(int bits) {
        return bits ^ ((bits >> 31) & 0x7FFF_FFFF);
    }
}

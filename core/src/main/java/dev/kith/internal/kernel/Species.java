package dev.kith.internal.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width: the machine's, up to 512 bits, for rows are padded to 16 floats. The kernels keep it in static final
 * fields of their own, which the compiler folds.
 */
final class Species {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.length() > 16
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, FLOATS.vectorShape());
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    /** A byte for each float; with four floats, eight bytes, of which the last four are not looked at. */
    static final VectorSpecies<Byte> CODES =
            FLOATS.length() > 8 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

    /** As many shorts as floats. */
    static final VectorSpecies<Short> SHORTS = switch (FLOATS.length()) {
        case 16 -> ShortVector.SPECIES_256;
        case 8 -> ShortVector.SPECIES_128;
        default -> ShortVector.SPECIES_64;
    };

    /** Whether the JVM gives vectors worth using at all. */
    static final boolean USABLE = FLOATS.length() >= 4;

    private Species() {}

    /** The upper one of each two neighbouring groups of so many lanes. */
    static VectorMask<Float> upper(int lanes) {
        long bits = 0;
        for (int lane = 0; lane < FLOATS.length(); lane++) {
            bits |= (lane & lanes) == 0 ? 0 : 1L << lane;
        }
        return VectorMask.fromLong(FLOATS, bits);
    }

    /**
     * Brings the sums of rows into the rows' order, when rows that differ in bit 0 of their number have been put into the
     * lower and upper half of a vector, those that differ in bit 1 into quarters, and in bit 2 into eighths.
     */
    static VectorShuffle<Float> order() {
        int lanes = FLOATS.length();
        return VectorShuffle.fromOp(
                FLOATS,
                row -> (row & 1) * (lanes / 2)
                        + (row >> 1 & 1) * (lanes / 4)
                        + (row >> 2 & 1) * (lanes / 8));
    }

    /** Swaps neighbouring groups of so many lanes. */
    static VectorShuffle<Float> swap(int lanes) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ lanes) % FLOATS.length());
    }
}

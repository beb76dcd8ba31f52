package dev.kith.internal.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Look-ups of 64 bytes at once, in the four tables of four columns: what the kernels of blocks share where the processor has one
 * instruction for it (AVX-512 VBMI).
 */
final class WideLookups {
    /**
     * Whether there is such an instruction. Without it the compiler would call the slow path of the Vector API for each
     * look-up, and the JVM does not say what it found. So Linux is asked; elsewhere look-ups stay narrow.
     */
    static final boolean USABLE = Species.FLOATS.length() == 16 && processorHas("avx512vbmi");

    static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;

    /** The half of a byte that says where to look up. */
    static final ByteVector HALF = ByteVector.broadcast(BYTES, 15);

    /** Where the table of each byte's column begins. */
    static final ByteVector TABLES = tables();

    /** A sum for each place of four columns and each quarter of the members. */
    static final int SUMS = 4 * BYTES.length() / 2;

    private WideLookups() {}

    private static ByteVector tables() {
        byte[] starts = new byte[BYTES.length()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = (byte) (i & 48);
        }
        return ByteVector.fromArray(BYTES, starts, 0);
    }

    private static boolean processorHas(String flag) {
        try (BufferedReader lines =
                Files.newBufferedReader(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("flags")) {
                line = lines.readLine();
            }
            return line != null && (line + " ").contains(" " + flag + " ");
        } catch (IOException e) {
            return false;
        }
    }

    /** Adds the sums of four columns up. */
    static void fold(short[] wide, short[] sums) {
        VectorSpecies<Short> species = ShortVector.SPECIES_128;
        for (int i = 0; i < sums.length; i += 8) {
            ShortVector first = ShortVector.fromArray(species, wide, 4 * i);
            ShortVector second = ShortVector.fromArray(species, wide, 4 * i + 8);
            ShortVector third = ShortVector.fromArray(species, wide, 4 * i + 16);
            ShortVector fourth = ShortVector.fromArray(species, wide, 4 * i + 24);
            first.add(second).add(third.add(fourth)).intoArray(sums, i);
        }
    }
}

package dev.kith.cli.bench;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.Residency;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An index and what it cost to build.
 *
 * @param index the index, where it is to be searched
 * @param seconds from the first row to the searchable index in memory, by the clock
 * @param cpuSeconds the same by the processor time of all the process's threads, compiler and collector included
 * @param bytes the size of its sections
 */
public record Built(VectorIndex index, double seconds, double cpuSeconds, long bytes)
        implements AutoCloseable {
    /**
     * Builds an index; for a mapped one, saves it and maps the file.
     *
     * @param file where to keep the index, or null to keep none
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static Built of(
            Vectors base,
            IndexSpec spec,
            BuildContext context,
            Residency residency,
            @Nullable Path file)
            throws IOException, InterruptedException {
        double cpu = Machine.cpuSeconds();
        long start = System.nanoTime();
        VectorIndex index = VectorIndex.build(base, spec, context);
        double seconds = (System.nanoTime() - start) / 1e9;
        cpu = Machine.cpuSeconds() - cpu;
        long bytes = index.image().bytes();
        if (file != null) {
            index.save(file);
        }
        if (residency == Residency.MAPPED) {
            try (VectorIndex inMemory = index) {
                index = file == null ? mapTemporary(inMemory) : VectorIndex.open(file);
            }
        }
        return new Built(index, seconds, cpu, bytes);
    }

    private static VectorIndex mapTemporary(VectorIndex index) throws IOException {
        Path folder = Files.createTempDirectory("kith-bench");
        Path file = folder.resolve("index.kith");

        folder.toFile().deleteOnExit(); // last in, first out: the file goes before its folder
        file.toFile().deleteOnExit();
        index.save(file);
        return VectorIndex.open(file);
    }

    @Override
    public void close() {
        index.close();
    }
}

package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BuildContext;
import dev.kith.CorruptFileException;
import dev.kith.FormatTooNewException;
import dev.kith.FormatTooOldException;
import dev.kith.IndexSpec;
import dev.kith.Residency;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every index family promises about damaged files: whoever checks everything finds the damage, whoever maps may miss
 * it in the bulk, and then gives wrong rows at worst, never rows that are not there, an endless search or a crash.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class IndexFileContract {
    private static final long SEED = 20260102;
    private static final int SIZE = 14;
    private static final int DIMENSION = 3;
    private static final int K = 5;

    @TempDir
    Path folder;

    /** For families' tests, which say which specs to try. */
    protected IndexFileContract() {}

    /** The specs to try; one for each section layout will do. */
    protected abstract List<IndexSpec> specs();

    @ParameterizedTest
    @MethodSource("specs")
    void everyFlippedByteIsFoundOrHarmless(IndexSpec spec) throws Exception {
        Path file = small(spec);
        long length = Files.size(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long at = 0; at < length; at++) {
                byte right = exchange(channel, at, null);
                for (int flip : new int[] {1 << (at % 8), 0xFF, 0x80}) {
                    exchange(channel, at, (byte) (right ^ flip));
                    String what = "byte " + at + " ^ " + flip;
                    assertFound(what, catchThrowable(() -> IndexImage.verify(file)));
                    assertFound(what, catchThrowable(() -> VectorIndex.load(file)));
                    assertHarmless(what, file);
                }
                exchange(channel, at, right);
            }
        }
        IndexImage.verify(file);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyTruncationIsFound(IndexSpec spec) throws Exception {
        byte[] whole = Files.readAllBytes(small(spec));
        Path file = folder.resolve("truncated.kith");
        for (int length = 0; length < whole.length; length++) {
            assertCorrupt(file, Arrays.copyOf(whole, length), "truncated to " + length);
        }
        assertCorrupt(file, Arrays.copyOf(whole, whole.length + 1), "one byte longer");
        assertCorrupt(file, Arrays.copyOf(whole, whole.length + 4096), "a page longer");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void swappedAndScrambledBlocksAreFoundOrHarmless(IndexSpec spec) throws Exception {
        byte[] whole = Files.readAllBytes(small(spec));
        Path file = folder.resolve("scrambled.kith");
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = whole.clone();
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from) + 1;
            switch (round % 3) {
                case 0 -> Arrays.fill(bytes, from, to, (byte) random.nextInt());
                case 1 -> {
                    byte[] noise = new byte[to - from];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, bytes, from, noise.length);
                }
                default -> System.arraycopy(whole, 0, bytes, from, to - from);
            }
            if (Arrays.equals(bytes, whole)) {
                continue;
            }
            String what = "bytes " + from + " to " + to + " in round " + round + ", seed " + SEED;
            Files.write(file, bytes);
            assertFound(what, catchThrowable(() -> IndexImage.verify(file)));
            assertFound(what, catchThrowable(() -> VectorIndex.load(file)));
            assertHarmless(what, file);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void anImageWithoutItsPartsIsRefused(IndexSpec spec) throws Exception {
        Path file = folder.resolve("parts.kith");
        try (IndexImage whole = IndexImage.open(small(spec), Residency.HEAP)) {
            List<Map<String, String>> parameters =
                    new ArrayList<>(List.of(Map.of(), whole.parameters()));
            for (String missing : whole.parameters().keySet()) {
                Map<String, String> rest = new LinkedHashMap<>(whole.parameters());
                rest.remove(missing);
                parameters.add(rest);
            }
            for (Map<String, String> given : parameters) {
                IndexImage.builder(whole.family(), whole.version(), given)
                        .build()
                        .save(file);
                assertRefused(() -> VectorIndex.load(file), file, "only " + given);
                assertRefused(() -> VectorIndex.open(file), file, "only " + given);
            }
        }
    }

    private Path small(IndexSpec spec) throws Exception {
        Path file = folder.resolve("small.kith");
        try (VectorIndex index = VectorIndex.build(
                TestVectors.clustered(SIZE, DIMENSION, SEED),
                spec,
                BuildContext.defaults().withThreads(1))) {
            index.save(file);
        }
        return file;
    }

    private static void assertCorrupt(Path file, byte[] bytes, String what) throws IOException {
        Files.write(file, bytes);
        assertRefused(() -> IndexImage.verify(file), file, what);
        assertRefused(() -> VectorIndex.load(file), file, what);
        assertRefused(() -> VectorIndex.open(file), file, what);
    }

    private static void assertRefused(ThrowingCallable reading, Path file, String what) {
        assertThatThrownBy(reading)
                .as(what)
                .isInstanceOf(CorruptFileException.class)
                .hasMessageStartingWith(file + ", offset ")
                .hasMessageContaining("expected ")
                .hasMessageContaining("found ");
    }

    private static void assertFound(String what, @Nullable Throwable thrown) {
        assertThat(thrown)
                .as(what)
                .isInstanceOfAny(
                        CorruptFileException.class,
                        FormatTooNewException.class,
                        FormatTooOldException.class);
    }

    /** Opening either finds the damage or gives an index whose searches do, or return rows that exist. */
    private static void assertHarmless(String what, Path file) {
        float[][] queries = TestVectors.queries(2, SIZE, DIMENSION, SEED);
        try (VectorIndex index = VectorIndex.open(file)) {
            assertThat(index.size()).as(what).isEqualTo(SIZE);
            for (float[] query : queries) {
                assertInRange(what, index, SearchRequest.of(query, K));
                assertInRange(what, index, SearchRequest.of(query, 2 * SIZE));
                assertInRange(
                        what,
                        index,
                        SearchRequest.of(query, K).withAllowed(RowMask.of(SIZE, 0, 3, 9)));
            }
            assertReadable(what, index.vectors());
        } catch (IOException e) {
            assertFound(what, e);
        }
    }

    private static void assertReadable(String what, Vectors rows) {
        assertThat(rows.size()).as(what).isEqualTo(SIZE);
        for (int row = 0; row < SIZE; row++) {
            try {
                assertThat(rows.row(row)).as(what).hasSize(DIMENSION);
            } catch (UncheckedIOException e) {
                assertFound(what, e.getCause());
            }
        }
    }

    private static void assertInRange(String what, VectorIndex index, SearchRequest request) {
        try {
            SearchResult found = index.search(request);
            assertThat(found.rows())
                    .as(what)
                    .hasSize(request.expected(SIZE))
                    .doesNotHaveDuplicates();
            assertThat(IntStream.of(found.rows()).allMatch(row -> row >= 0 && row < SIZE))
                    .as(what)
                    .isTrue();
        } catch (UncheckedIOException e) {
            assertFound(what, e.getCause());
        }
    }

    /** Returns the byte there and puts another in its place. */
    private static byte exchange(FileChannel channel, long at, @Nullable Byte replacement)
            throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, at);
        if (replacement != null) {
            channel.write(ByteBuffer.wrap(new byte[] {replacement}), at);
        }
        return one.get(0);
    }
}

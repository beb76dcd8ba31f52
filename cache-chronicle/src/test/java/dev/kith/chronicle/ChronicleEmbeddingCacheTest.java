package dev.kith.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.testkit.EmbeddingCacheContract;
import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleEmbeddingCacheTest extends EmbeddingCacheContract {
    private static final FixedEmbedder OURS = new FixedEmbedder(EMBEDDER, DIMENSION);

    @TempDir
    private Path folder;

    private ChronicleEmbeddingCache opened;

    @Override
    protected EmbeddingCache cache() throws IOException {
        return open(10_000);
    }

    private ChronicleEmbeddingCache open(long capacity) throws IOException {
        opened = ChronicleEmbeddingCache.open(file(), OURS, capacity);
        return opened;
    }

    private Path file() {
        return folder.resolve("cache.dat");
    }

    @AfterEach
    void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void isThereWhenItIsOpenedAgain() throws IOException {
        try (ChronicleEmbeddingCache cache = open(100)) {
            cache.put(key("a"), embedding(1));
        }
        ChronicleEmbeddingCache again = open(100);
        assertSame(again.get(key("a")), embedding(1));
        assertThat(again.size()).isEqualTo(1);
        assertThat(again.capacity()).isEqualTo(100);
    }

    @Test
    void growsWhenItIsOpenedWithMoreRoomAndNeverShrinks() throws IOException {
        try (ChronicleEmbeddingCache cache = open(100)) {
            for (int i = 0; i < 100; i++) {
                cache.put(key("text " + i), embedding(i));
            }
        }
        try (ChronicleEmbeddingCache cache = open(3_000)) {
            assertThat(cache.capacity()).isEqualTo(3_000);
            for (int i = 0; i < 3_000; i++) {
                if (i < 100) {
                    assertSame(cache.get(key("text " + i)), embedding(i));
                } else {
                    cache.put(key("text " + i), embedding(i));
                }
            }
            assertThat(cache.size()).isEqualTo(3_000);
        }
        ChronicleEmbeddingCache again = open(10);
        assertThat(again.capacity()).isEqualTo(3_000);
        assertSame(again.get(key("text 2999")), embedding(2_999));
    }

    /** The larger file takes the smaller one's place before the state says so. */
    @Test
    void losesNothingWhenItsProcessIsKilledWhileItGrows() throws IOException {
        Path state = folder.resolve("cache.dat.state");
        try (ChronicleEmbeddingCache cache = open(100)) {
            cache.put(key("a"), embedding(1));
        }
        String before = Files.readString(state);
        open(30_000).close();
        Files.writeString(state, before);
        ChronicleEmbeddingCache again = open(30_000);
        assertSame(again.get(key("a")), embedding(1));
        for (int i = 0; i < 30_000; i++) {
            again.put(key("text " + i), embedding(i));
        }
        assertThat(again.isFull()).isTrue();
    }

    @Test
    void remembersNothingMoreWhenItIsFull() throws IOException {
        ChronicleEmbeddingCache cache = open(500);
        for (int i = 0; i < 600; i++) {
            cache.put(key("text " + i), embedding(i));
        }
        assertThat(cache.isFull()).isTrue();
        assertThat(cache.size()).isEqualTo(500);
        assertThat(cache.get(key("text 599"))).isNull();
        cache.put(key("text 7"), embedding(70));
        assertSame(cache.get(key("text 7")), embedding(70));
    }

    @Test
    void refusesAnotherEmbeddersFileKeyAndVectors() throws IOException {
        ChronicleEmbeddingCache cache = open(100);
        assertThatThrownBy(() -> cache.get(
                        EmbeddingCache.Key.of("other", dev.kith.text.Embedder.Role.QUERY, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds embeddings of 'embedder-1', not of 'other'");
        assertThatThrownBy(() -> cache.put(key("a"), new Embedding(new float[3], 1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 components, not of 3");
        cache.close();
        for (FixedEmbedder other : new FixedEmbedder[] {
            new FixedEmbedder("other", DIMENSION), new FixedEmbedder(EMBEDDER, 25)
        }) {
            assertThatThrownBy(() -> ChronicleEmbeddingCache.open(file(), other, 100))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'embedder-1' with 24 components")
                    .hasMessageContaining("'" + other.identity() + "' with " + other.dimension());
        }
    }

    @Test
    void takesAnIdentityOfSeveralLines() throws IOException {
        FixedEmbedder embedder = new FixedEmbedder("a\\nb\n'Query:\r\n'", DIMENSION);
        ChronicleEmbeddingCache.open(file(), embedder, 10).close();
        ChronicleEmbeddingCache.open(file(), embedder, 10).close();
        assertThatThrownBy(() -> open(10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isOpenOnceAtATime() throws IOException {
        open(100);
        assertThatThrownBy(() -> ChronicleEmbeddingCache.open(file(), OURS, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is open already");
    }

    @Test
    void leavesAFileThatIsNoCacheAlone() throws IOException {
        Files.writeString(file(), "somebody's data");
        assertThatThrownBy(() -> open(100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not an embedding cache");
        Files.writeString(folder.resolve("cache.dat.state"), "something else");
        assertThatThrownBy(() -> open(100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cache.dat.state is not the state of an embedding cache");
        assertThat(file()).hasContent("somebody's data");
    }

    @Test
    void asksForMoreRoomThanThereIsAndIsAsItWas() throws IOException {
        assertThatThrownBy(() -> open(1L << 50)).isInstanceOf(IllegalArgumentException.class);
        try (ChronicleEmbeddingCache cache = open(100)) {
            cache.put(key("a"), embedding(1));
        }
        assertThatThrownBy(() -> open(1L << 50)).isInstanceOf(IllegalArgumentException.class);
        ChronicleEmbeddingCache again = open(100);
        assertThat(again.capacity()).isEqualTo(100);
        assertSame(again.get(key("a")), embedding(1));
    }

    @Test
    void refusesRoomForNothing() {
        assertThatThrownBy(() -> open(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be positive: 0");
    }

    @Test
    void aClosedCacheSaysSo() throws IOException {
        ChronicleEmbeddingCache cache = open(100);
        cache.close();
        cache.close();
        assertThatThrownBy(() -> cache.get(key("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> cache.put(key("a"), embedding(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDamagedEntryCountsAsForgotten() throws IOException {
        try (ChronicleEmbeddingCache cache = open(100)) {
            cache.put(key("a"), embedding(1));
            cache.put(key("b"), embedding(2));
        }
        flipABitOf(embedding(1).vector());
        ChronicleEmbeddingCache cache = open(100);
        assertThat(cache.get(key("a"))).isNull();
        assertSame(cache.get(key("b")), embedding(2));
        cache.put(key("a"), embedding(3));
        assertSame(cache.get(key("a")), embedding(3));
    }

    @Test
    void isRebuiltWithoutItsDamagedEntriesWhenItWasNotClosed() throws IOException {
        try (ChronicleEmbeddingCache cache = open(100)) {
            cache.put(key("a"), embedding(1));
            cache.put(key("b"), embedding(2));
        }
        flipABitOf(embedding(1).vector());
        Path state = folder.resolve("cache.dat.state");
        Files.writeString(state, Files.readString(state).replace("closed", "open"));
        ChronicleEmbeddingCache cache = open(100);
        assertThat(cache.size()).isEqualTo(1);
        assertSame(cache.get(key("b")), embedding(2));
    }

    private void flipABitOf(float[] vector) throws IOException {
        ByteBuffer wanted = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        wanted.asFloatBuffer().put(vector);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file()));
        int at = 0;
        while (!bytes.slice(at, wanted.limit()).equals(wanted)) {
            at++;
        }
        bytes.put(at + 5, (byte) (bytes.get(at + 5) ^ 1));
        Files.write(file(), bytes.array());
    }

    @Test
    void survivesAKilledProcess() throws Exception {
        int acknowledged = -1;
        for (int round = 0; round < 2; round++) {
            Process writer = ChildJvm.start(
                    ChronicleEmbeddingCache.jvmFlags(), EndlessWriter.class, file().toString());
            StringBuilder said = new StringBuilder();
            try (BufferedReader lines = writer.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.append(line).append('\n');
                    if (line.matches("\\d+")) {
                        acknowledged = Integer.parseInt(line);
                    }
                    if (acknowledged >= 2_000 * (round + 1)) {
                        writer.destroyForcibly();
                        break;
                    }
                }
            } finally {
                writer.destroyForcibly();
            }
            assertThat(writer.waitFor()).as(said::toString).isNotZero();
            assertThat(acknowledged).as(said::toString).isGreaterThanOrEqualTo(2_000);
        }
        try (ChronicleEmbeddingCache cache =
                ChronicleEmbeddingCache.open(file(), EndlessWriter.EMBEDDER, 50_000)) {
            int found = 0;
            for (int i = 0; i <= acknowledged; i++) {
                Embedding embedding = cache.get(EndlessWriter.key(i));
                if (embedding != null) {
                    assertSame(embedding, EndlessWriter.embedding(i));
                    found++;
                }
            }
            // Chronicle Map has been seen to lose one.
            assertThat(found).isGreaterThanOrEqualTo(acknowledged - 3);
            cache.put(EndlessWriter.key(-1), EndlessWriter.embedding(-1));
            assertSame(cache.get(EndlessWriter.key(-1)), EndlessWriter.embedding(-1));
        }
    }

    @Test
    void reportsItsUseToNobody() throws IOException {
        open(10);
        assertThat(System.getProperty("chronicle.analytics.disable")).isEqualTo("true");
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.AnalyticsFacade"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}

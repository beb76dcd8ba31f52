package dev.kith.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.CorruptFileException;
import dev.kith.testkit.EmbeddingCacheContract;
import dev.kith.text.CachedEmbedder;
import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import dev.kith.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEmbeddingCacheTest extends EmbeddingCacheContract {
    /** Four counts, the hash and the vector. */
    private static final int RECORD = 4 * 4 + 32 + 4 * DIMENSION;

    private final Lengths embedder = new Lengths(EMBEDDER, DIMENSION);

    @TempDir
    private Path folder;

    private Path file;
    private FileEmbeddingCache cache;

    /** Embeds a text as its length, and notes what it is asked. */
    private static final class Lengths implements Embedder {
        private final List<String> asked = new ArrayList<>();
        private final String identity;
        private final int dimension;

        private Lengths(String identity, int dimension) {
            this.identity = identity;
            this.dimension = dimension;
        }

        @Override
        public List<Embedding> embed(List<String> texts, Role role) {
            asked.addAll(texts);
            return texts.stream().map(text -> embedding(text.length())).toList();
        }

        @Override
        public int dimension() {
            return dimension;
        }

        @Override
        public int maxTokens() {
            return 100;
        }

        @Override
        public Tokenizer tokenizer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String identity() {
            return identity;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("embeddings");
        cache = FileEmbeddingCache.open(file, embedder);
    }

    @AfterEach
    void close() throws IOException {
        cache.close();
    }

    private void reopen() throws IOException {
        cache.close();
        cache = FileEmbeddingCache.open(file, embedder);
    }

    @Override
    protected EmbeddingCache cache() {
        return cache;
    }

    @Test
    void remembersFromRunToRun() throws Exception {
        List<String> texts = List.of("cats purr", "dogs bark", "cats purr", "");
        List<Embedding> first =
                new CachedEmbedder(embedder, cache).embed(texts, Embedder.Role.DOCUMENT);
        reopen();
        assertThat(cache.size()).isEqualTo(3);
        CachedEmbedder again = new CachedEmbedder(embedder, cache);
        assertThat(again.embed(texts, Embedder.Role.DOCUMENT))
                .usingRecursiveComparison()
                .isEqualTo(first);
        assertThat(embedder.asked).containsExactly("cats purr", "dogs bark", "");
        again.embed(List.of("new"), Embedder.Role.DOCUMENT);
        again.embed(List.of("new"), Embedder.Role.QUERY);
        reopen();
        assertThat(cache.size()).isEqualTo(5);
    }

    @Test
    void theLaterOfTwoEmbeddingsCountsWhenTheFileIsOpenedAgain() throws Exception {
        cache.put(key("a"), embedding(1));
        cache.put(key("b"), embedding(2));
        cache.put(key("a"), embedding(3));
        reopen();
        assertSame(cache.get(key("a")), embedding(3));
        assertSame(cache.get(key("b")), embedding(2));
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void loneSurrogatesAreDifferentTexts() throws Exception {
        List<String> texts = List.of("\ud83d", "\ude00", "?", "\ufffd", "\ud83d\ude00");
        for (int i = 0; i < texts.size(); i++) {
            cache.put(key(texts.get(i)), embedding(i));
        }
        reopen();
        for (int i = 0; i < texts.size(); i++) {
            assertSame(cache.get(key(texts.get(i))), embedding(i));
        }
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheFileForTheOthers() throws Exception {
        Thread.currentThread().interrupt();
        cache.put(key("a"), embedding(1));
        assertThat(Thread.interrupted()).isTrue();
        cache.put(key("b"), embedding(2));
        reopen();
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void whereverAWriteBrokeOffTheRecordsBeforeItStay() throws Exception {
        List<String> texts = List.of("a", "b", "c");
        texts.forEach(text -> cache.put(key(text), embedding(1)));
        cache.close();
        byte[] whole = Files.readAllBytes(file);
        int header = whole.length - 3 * RECORD;
        for (int cut : new int[] {0, 1, 100, RECORD - 1}) {
            for (int records = 0; records < 3; records++) {
                Files.write(file, Arrays.copyOf(whole, header + records * RECORD + cut));
                reopen();
                assertThat(cache.size()).isEqualTo(records);
                texts.forEach(text -> cache.put(key(text), embedding(2)));
                reopen();
                assertThat(cache.size()).isEqualTo(3);
                assertSame(cache.get(key("c")), embedding(2));
            }
        }
    }

    @Test
    void aDamagedRecordIsNotBelieved() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        cache.put(key("a"), embedding(1));
        cache.put(key("b"), embedding(2));
        cache.close();
        byte[] whole = Files.readAllBytes(file);
        for (int round = 0; round < 50; round++) {
            byte[] bytes = whole.clone();
            bytes[bytes.length - 1 - random.nextInt(RECORD)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, bytes);
            reopen();
            assertThat(cache.size()).as("seed %d, round %d", seed, round).isEqualTo(1);
            assertSame(cache.get(key("a")), embedding(1));
            assertThat(cache.get(key("b"))).isNull();
            assertThat(file).hasSize(whole.length - RECORD);
        }
    }

    @Test
    void isOpenOnceAtATime() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FileEmbeddingCache.open(file, embedder))
                .withMessage(file + " is in use");
    }

    @Test
    void refusesEmbeddingsOfAnotherEmbedder() throws Exception {
        EmbeddingCache.Key other = EmbeddingCache.Key.of("other", Embedder.Role.QUERY, "a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.get(other))
                .withMessage(file + " holds embeddings of embedder-1, not of other");
        assertThatIllegalArgumentException().isThrownBy(() -> cache.put(other, embedding(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.put(key("a"), new Embedding(new float[3], 1, 0)))
                .withMessage("the cache is for vectors of 24 components, found 3");
        cache.close();
        assertThatIllegalStateException().isThrownBy(() -> cache.get(key("a")));
        assertThatIllegalStateException().isThrownBy(() -> cache.put(key("a"), embedding(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileEmbeddingCache.open(file, new Lengths("other", DIMENSION)))
                .withMessageContaining(
                        "holds embeddings of embedder-1 (24 components), not of other (24)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileEmbeddingCache.open(file, new Lengths(EMBEDDER, 8)));
    }

    @Test
    void refusesOtherFilesAndLeavesThemAsTheyAre() throws Exception {
        cache.close();
        for (String content : new String[] {
            "x",
            "a text of some length, not vectors",
            "KITHVEC1\u0000\u0000\u0000\u0000",
            "KITHVEC2\u007f\u007f\u007f\u007f"
        }) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> FileEmbeddingCache.open(file, embedder))
                    .isInstanceOf(CorruptFileException.class);
            assertThat(file).hasContent(content);
        }
    }
}

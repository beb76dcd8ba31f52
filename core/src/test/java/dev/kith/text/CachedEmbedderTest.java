package dev.kith.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.text.Embedder.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedEmbedderTest {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<EmbeddingCache.Key, Embedding> remembered = new ConcurrentHashMap<>();
    private final Embedder embedder = new Recorder("first");
    private final CachedEmbedder cached = new CachedEmbedder(embedder, new MapCache());

    private final class MapCache implements EmbeddingCache {
        @Override
        public @Nullable Embedding get(Key key) {
            return remembered.get(key);
        }

        @Override
        public void put(Key key, Embedding embedding) {
            remembered.put(key, embedding);
        }
    }

    /** Notes what it is asked; fails on the text "bad". */
    private final class Recorder implements Embedder {
        private final String identity;
        private boolean closed;

        private Recorder(String identity) {
            this.identity = identity;
        }

        @Override
        public List<Embedding> embed(List<String> texts, Role role) {
            if (texts.contains("bad")) {
                throw new IllegalArgumentException("bad");
            }
            asked.addAll(texts);
            return texts.stream().map(text -> expected(text, role)).toList();
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int maxTokens() {
            return 10;
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
        public void close() {
            closed = true;
        }
    }

    private static Embedding expected(String text, Role role) {
        return new Embedding(new float[] {text.hashCode(), role.ordinal()}, text.length(), 0);
    }

    private void check(List<String> texts) throws InterruptedException {
        List<Embedding> embeddings = cached.embed(texts, Role.DOCUMENT);
        assertThat(embeddings).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(embeddings.get(i).vector())
                    .isEqualTo(expected(texts.get(i), Role.DOCUMENT).vector());
        }
    }

    @Test
    void asksTheEmbedderOnlyForWhatTheCacheLacksAndKeepsTheOrder() throws InterruptedException {
        check(List.of("a", "b", "c"));
        check(List.of("d", "c", "e", "a"));
        assertThat(asked).containsExactly("a", "b", "c", "d", "e");
        check(List.of());
    }

    @Test
    void embedsATextThatComesTwiceOnce() throws InterruptedException {
        check(List.of("a", "b", "a", "a"));
        assertThat(asked).containsExactly("a", "b");
        List<Embedding> twice = cached.embed(List.of("a", "a"), Role.DOCUMENT);
        assertThat(twice.get(0).vector()).isNotSameAs(twice.get(1).vector());
    }

    @Test
    void tellsRolesEmbeddersAndEveryTextApart() throws InterruptedException {
        List<String> texts =
                List.of("\ud83d", "\ude00", "?", "", " ", "a", "A", "\u00e9", "e\u0301");
        check(texts);
        assertThat(asked).containsExactlyElementsOf(texts);
        cached.embed(texts, Role.QUERY);
        assertThat(asked).hasSize(2 * texts.size());
        new CachedEmbedder(new Recorder("second"), new MapCache()).embed(texts, Role.QUERY);
        assertThat(asked).hasSize(3 * texts.size());
        assertThat(remembered).hasSize(3 * texts.size());
    }

    @Test
    void whatWasEmbeddedBeforeAFailureIsRemembered() {
        List<String> texts = new ArrayList<>(
                IntStream.range(0, 600).mapToObj(i -> "text " + i).toList());
        texts.add("bad");
        assertThatThrownBy(() -> cached.embed(texts, Role.DOCUMENT)).hasMessage("bad");
        assertThat(remembered).hasSize(512);
    }

    @Test
    void countsEveryTextInItsProgress() throws InterruptedException {
        List<Integer> heard = new ArrayList<>();
        cached.embed(List.of("a", "b"), Role.DOCUMENT);
        cached.embed(List.of("a", "b", "b", "c", "c"), Role.DOCUMENT, heard::add);
        assertThat(heard).containsExactly(4, 1);
        heard.clear();
        cached.embed(List.of(), Role.DOCUMENT, heard::add);
        assertThat(heard).isEmpty();
    }

    @Test
    void servesManyThreads() throws Exception {
        long seed = new Random().nextLong();
        Callable<Void> call = () -> {
            Random random = new Random(seed);
            for (int i = 0; i < 50; i++) {
                check(random.ints(20, 0, 100).mapToObj(n -> "text " + n).toList());
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(4, call))) {
                done.get();
            }
        }
        assertThat(remembered).as("seed %d", seed).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void isTheEmbedderInAllElse() {
        assertThat(cached.identity()).isEqualTo("first");
        assertThat(cached.dimension()).isEqualTo(2);
        assertThat(cached.maxTokens()).isEqualTo(10);
        cached.close();
        assertThat(((Recorder) embedder).closed).isTrue();
    }

    @Test
    void aKeysHashHasSixtyFourDigits() {
        assertThat(EmbeddingCache.Key.of("e", Role.QUERY, "").textHash())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThatThrownBy(() -> new EmbeddingCache.Key("e", Role.QUERY, "12"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hexadecimal digits: '12'");
    }
}

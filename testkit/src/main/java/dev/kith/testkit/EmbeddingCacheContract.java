package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.text.Embedder.Role;
import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every embedding cache keeps to while it is not full. */
public abstract class EmbeddingCacheContract {
    /** The embedder whose embeddings are cached. */
    protected static final String EMBEDDER = "embedder-1";

    /** How many components they have. */
    protected static final int DIMENSION = 24;

    /** An empty cache with room for 10,000 embeddings of {@link #EMBEDDER}, which lives until the end of the test. */
    protected abstract EmbeddingCache cache() throws Exception;

    /** The key of a passage. */
    protected static EmbeddingCache.Key key(String text) {
        return EmbeddingCache.Key.of(EMBEDDER, Role.DOCUMENT, text);
    }

    /** An embedding that says by which number it was made. */
    protected static Embedding embedding(int number) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = number + i / 32f;
        }
        return new Embedding(vector, number, number % 3);
    }

    /** Whether what was found is what was put. */
    protected static void assertSame(@Nullable Embedding found, Embedding put) {
        assertThat(found).isNotNull();
        assertThat(Objects.requireNonNull(found).vector()).isEqualTo(put.vector());
        assertThat(found.tokens()).isEqualTo(put.tokens());
        assertThat(found.dropped()).isEqualTo(put.dropped());
    }

    @Test
    void givesBackWhatWasPut() throws Exception {
        EmbeddingCache cache = cache();
        assertThat(cache.get(key("a"))).isNull();
        cache.put(key("a"), embedding(1));
        cache.put(key("b"), embedding(2));
        assertSame(cache.get(key("a")), embedding(1));
        assertSame(cache.get(key("b")), embedding(2));
        assertThat(cache.get(key("c"))).isNull();
    }

    @Test
    void aLaterEmbeddingTakesThePlaceOfAnEarlier() throws Exception {
        EmbeddingCache cache = cache();
        cache.put(key("a"), embedding(1));
        cache.put(key("a"), embedding(2));
        assertSame(cache.get(key("a")), embedding(2));
    }

    @Test
    void tellsRolesApart() throws Exception {
        EmbeddingCache cache = cache();
        cache.put(key("a"), embedding(1));
        EmbeddingCache.Key question = EmbeddingCache.Key.of(EMBEDDER, Role.QUERY, "a");
        assertThat(cache.get(question)).isNull();
        cache.put(question, embedding(2));
        assertSame(cache.get(question), embedding(2));
        assertSame(cache.get(key("a")), embedding(1));
    }

    @Test
    void keepsCopiesSoThatNobodyChangesWhatIsCached() throws Exception {
        EmbeddingCache cache = cache();
        Embedding put = embedding(1);
        cache.put(key("a"), put);
        put.vector()[0] = -1;
        Embedding found = Objects.requireNonNull(cache.get(key("a")));
        assertSame(found, embedding(1));
        found.vector()[0] = -1;
        assertSame(cache.get(key("a")), embedding(1));
    }

    @Test
    void behavesLikeAMapUnderRandomUse() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        EmbeddingCache cache = cache();
        Map<String, Embedding> model = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            String text = "text " + random.nextInt(800);
            if (random.nextBoolean()) {
                Embedding embedding = embedding(random.nextInt(10_000));
                cache.put(key(text), embedding);
                model.put(text, embedding);
            } else if (model.containsKey(text)) {
                assertSame(cache.get(key(text)), Objects.requireNonNull(model.get(text)));
            } else {
                assertThat(cache.get(key(text))).as("seed %d", seed).isNull();
            }
        }
    }

    @Test
    void servesManyThreads() throws Exception {
        EmbeddingCache cache = cache();
        List<Callable<Integer>> calls = IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(thread -> () -> {
                    int found = 0;
                    for (int i = 0; i < 1_000; i++) {
                        EmbeddingCache.Key key = key("text " + i % 250);
                        Embedding embedding = cache.get(key);
                        if (embedding == null) {
                            cache.put(key, embedding(i % 250));
                        } else {
                            assertSame(embedding, embedding(i % 250));
                            found++;
                        }
                    }
                    return found;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<Integer> found : threads.invokeAll(calls)) {
                assertThat(found.get()).isGreaterThanOrEqualTo(750);
            }
        }
    }
}

package dev.kith.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.testkit.EmbeddingCacheContract;
import dev.kith.text.EmbeddingCache;
import org.junit.jupiter.api.Test;

class InMemoryEmbeddingCacheTest extends EmbeddingCacheContract {
    @Override
    protected EmbeddingCache cache() {
        return new InMemoryEmbeddingCache(10_000);
    }

    @Test
    void forgetsWhatWasAskedForLongestAgoWhenFull() {
        InMemoryEmbeddingCache cache = new InMemoryEmbeddingCache(2);
        cache.put(key("a"), embedding(1));
        cache.put(key("b"), embedding(2));
        assertThat(cache.get(key("a"))).isNotNull();
        cache.put(key("c"), embedding(3));
        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.get(key("b"))).isNull();
        assertThat(cache.get(key("a"))).isNotNull();
        assertThat(cache.get(key("c"))).isNotNull();
    }

    @Test
    void refusesToHoldNothing() {
        assertThatThrownBy(() -> new InMemoryEmbeddingCache(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be positive: 0");
    }
}

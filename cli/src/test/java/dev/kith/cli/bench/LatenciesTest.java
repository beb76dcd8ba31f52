package dev.kith.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenciesTest {
    private final long[][] nanos = {{10, 20, 30}, {40, 10, 10}, {100, 100, 100}};

    @Test
    void takesThePassOfMedianDuration() {
        assertThat(Latencies.medianPass(nanos)).isEqualTo(60);
    }

    @Test
    void takesEachQuerysFastestPass() {
        assertThat(Latencies.fastestOfEach(nanos)).isEqualTo(10 + 10 + 10);
    }

    @Test
    void findsQuantilesByNearestRank() {
        assertThat(Latencies.quantile(nanos, 0.5)).isEqualTo(30);
        assertThat(Latencies.quantile(nanos, 0.99)).isEqualTo(100);
        assertThat(Latencies.quantile(nanos, 0)).isEqualTo(10);
    }
}

package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingsTest {
    @ParameterizedTest
    @CsvSource({"float32, 3136", "int8, 832", "int4, 448", "rabitq, 128"})
    void findsAnEncodingByItsName(String name, int stride) {
        Encoding encoding = Encodings.of(name, 784, Metric.EUCLIDEAN);
        assertThat(encoding.name()).isEqualTo(name);
        assertThat(encoding.dimension()).isEqualTo(784);
        assertThat(encoding.metric()).isEqualTo(Metric.EUCLIDEAN);
        assertThat(encoding.stride()).isEqualTo(stride);
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> Encodings.of("pq", 784, Metric.EUCLIDEAN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no encoding is named pq; there are float32, int8, int4 and rabitq");
    }

    @ParameterizedTest
    @CsvSource({"float32", "int8", "int4", "rabitq"})
    void dimensionsOutOfRangeAreRefused(String name) {
        for (int dimension : new int[] {-1, 0, 65_537}) {
            assertThatThrownBy(() -> Encodings.of(name, dimension, Metric.COSINE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dimension must be in [1, 65536]: " + dimension);
        }
    }
}

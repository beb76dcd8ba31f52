package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import org.junit.jupiter.api.Test;

class QuantisedTest {
    @Test
    void aByteHoldsOneCode() {
        float[] row = new float[20];
        for (int i = 0; i < 20; i++) {
            row[i] = i < 10 ? i : 245 + i - 9;
        }
        HeapRecords records = encoded(Quantised.int8(20, Metric.EUCLIDEAN), row);
        byte[] codes = new byte[32];
        records.readBytes(0, 0, codes, 0, 32);
        for (int i = 0; i < 32; i++) {
            assertThat(codes[i] & 255).isEqualTo(i < 20 ? (int) row[i] : 0);
        }
        assertThat(records.getFloat(0, 32)).as("scale").isEqualTo(1);
        assertThat(records.getFloat(0, 36)).as("offset").isZero();
        assertThat(records.getFloat(0, 40)).as("mean").isEqualTo(127.5f);
    }

    @Test
    void aByteHoldsACodeOfTheFirstAndOneOfTheSecondHalf() {
        float[] row = new float[32];
        for (int i = 0; i < 32; i++) {
            row[i] = i < 16 ? i : 31 - i;
        }
        HeapRecords records = encoded(Quantised.int4(32, Metric.DOT_PRODUCT), row);
        byte[] codes = new byte[16];
        records.readBytes(0, 0, codes, 0, 16);
        for (int i = 0; i < 16; i++) {
            assertThat(codes[i] & 15).isEqualTo(i);
            assertThat((codes[i] >> 4) & 15).isEqualTo(15 - i);
        }
        assertThat(records.getFloat(0, 28)).as("length").isZero();
    }

    @Test
    void zeroComponentsStayZeroAmongGreaterOnes() {
        for (Encoding encoding : both(3)) {
            float[] back = decoded(encoding, 0, 0.1f, 0.7f);
            assertThat(back[0]).isZero();
        }
    }

    @Test
    void theGreatestAndTheLeastFloatsComeBackFinite() {
        for (Encoding encoding : both(3)) {
            float[] back = decoded(encoding, -Float.MAX_VALUE, 0, Float.MAX_VALUE);
            assertThat(back[0]).isEqualTo(-Float.MAX_VALUE);
            assertThat(back[2]).isEqualTo(Float.MAX_VALUE);
            back = decoded(encoding, Float.MIN_VALUE, 0, -Float.MIN_VALUE);
            assertThat(back).containsOnly(-Float.MIN_VALUE);
        }
    }

    private static Encoding[] both(int dimension) {
        return new Encoding[] {
            Quantised.int8(dimension, Metric.DOT_PRODUCT),
            Quantised.int4(dimension, Metric.DOT_PRODUCT)
        };
    }

    private static float[] decoded(Encoding encoding, float... row) {
        return encoding.decoded(encoded(encoding, row)).row(0);
    }

    private static HeapRecords encoded(Encoding encoding, float[] row) {
        HeapRecords records = HeapRecords.allocate(1, encoding.stride());
        encoding.encode(row, records, 0);
        return records;
    }
}

package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.Metric;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeapRecordsTest {
    private static final long SEED = 3;

    @Test
    void recordsInManyPagesAreRecordsInOne() throws Exception {
        Random random = new Random(SEED);
        for (int count : new int[] {0, 1, 7, 8, 9, 31, 32, 33, 100}) {
            HeapRecords one = HeapRecords.allocate(count, 20);
            HeapRecords many = HeapRecords.allocate(count, 20, 170);
            for (int i = 0; i < count; i++) {
                int value = random.nextInt();
                for (HeapRecords records : new HeapRecords[] {one, many}) {
                    records.putInt(i, 16, value);
                    records.putFloats(i, 0, new float[] {0, i, -i}, 1, 2);
                    records.putInts(i, 8, new int[] {i, 2 * i}, 2);
                }
            }
            byte[] bytes = bytes(one);
            assertThat(bytes).hasSize(20 * count);
            assertThat(bytes(many)).isEqualTo(bytes);
            HeapRecords back = HeapRecords.allocate(count, 20, 50);
            back.readFrom(new MemorySource(bytes), 0);
            assertThat(bytes(back)).isEqualTo(bytes);
            for (int i = 0; i < count; i++) {
                int[] ints = new int[2];
                back.readInts(i, 8, ints, 2);
                float[] floats = new float[3];
                back.readFloats(i, 0, floats, 1, 2);
                byte[] raw = new byte[3];
                back.readBytes(i, 8, raw, 1, 2);
                assertThat(ints).containsExactly(i, 2 * i);
                assertThat(floats).containsExactly(0, i, -i);
                assertThat(raw).containsExactly(0, (byte) i, (byte) (i >> 8));
                assertThat(back.getInt(i, 16)).isEqualTo(one.getInt(i, 16));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void bulkScoresOfRowsInManyPagesAreThoseOfOnePage(Metric metric) {
        int size = 40;
        Float32 encoding = new Float32(21, metric);
        HeapRecords one = HeapRecords.allocate(size, encoding.stride());
        HeapRecords many = HeapRecords.allocate(size, encoding.stride(), 2 * encoding.stride());
        Random random = new Random(SEED);
        for (int row = 0; row < size; row++) {
            float[] vector = new float[21];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = random.nextFloat();
            }
            encoding.encode(vector, one, row);
            encoding.encode(vector, many, row);
        }
        int[] rows = IntStream.range(0, size).map(i -> i * 7 % size).toArray();
        float[] expected = new float[size];
        float[] found = new float[size];
        Scorer scorer = encoding.scorer(one);
        scorer.query(5);
        scorer.distances(rows, size, expected);
        scorer = encoding.scorer(many);
        scorer.query(5);
        scorer.distances(rows, size, found);
        assertThat(found).containsExactly(expected);
    }

    @Test
    void aRecordWiderThanAPageHasAPageOfItsOwn() throws Exception {
        HeapRecords records = HeapRecords.allocate(3, 1000, 64);
        records.putInt(2, 996, 77);
        assertThat(records.page(1)).isNotSameAs(records.page(2));
        assertThat(bytes(records)).hasSize(3000);
        assertThat(records.getInt(2, 996)).isEqualTo(77);
    }

    @Test
    void refusesSizesThatCannotBeHeld() {
        assertThatThrownBy(() -> HeapRecords.allocate(-1, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> HeapRecords.allocate(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HeapRecords.allocate(1, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(Records records) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        records.writeTo(out::write);
        return out.toByteArray();
    }
}

package dev.kith.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BuildContext;
import dev.kith.CorruptFileException;
import dev.kith.FlatSpec;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.hnsw.HnswSpec;
import dev.kith.qg.QgSpec;
import dev.kith.spi.IndexImage;
import dev.kith.testkit.TestVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is built, who is compared, and that the result is an ordinary index; times are made up. */
class AutoIndexTest {
    private static final long SEED = 41;
    private static final int DIMENSION = 16;
    private static final Vectors ROWS = TestVectors.clustered(2500, DIMENSION, SEED);
    private static final AutoSpec SPEC = AutoSpec.of(Metric.EUCLIDEAN).withRecall(0.5);
    private static final QgSpec QG = QgSpec.of(Metric.EUCLIDEAN);

    /** Declares the last of the indexes the fastest, and remembers them. */
    private final List<IndexSpec> compared = new ArrayList<>();

    private final List<SearchRequest> asked = new ArrayList<>();

    private IndexSpec chosen(Vectors rows, AutoSpec spec) throws Exception {
        IndexImage image = new AutoBuilder(
                        rows, spec, BuildContext.defaults(), (indexes, requests) -> {
                            indexes.forEach(index -> compared.add(index.spec()));
                            asked.addAll(requests);
                            return indexes.size() - 1;
                        })
                .build();
        try (VectorIndex index = VectorIndex.open(image)) {
            return index.spec();
        }
    }

    @Test
    void isTheFastestOfThoseThatReachTheRecall() throws Exception {
        assertThat(chosen(ROWS, SPEC)).isEqualTo(HnswSpec.of(Metric.EUCLIDEAN));
        assertThat(compared)
                .containsExactly(QG, QG.withRows("int8"), HnswSpec.of(Metric.EUCLIDEAN));
        assertThat(asked).hasSize(1024).allMatch(request -> request.k() == 10);
        assertThat(asked).allMatch(request -> request.recall() == 0.5);
    }

    @Test
    void leavesOutWhatTakesMoreBytes() throws Exception {
        AutoSpec little = SPEC.withBytes(400);
        assertThat(chosen(ROWS, little)).isEqualTo(HnswSpec.of(Metric.EUCLIDEAN));
        assertThat(compared).as("one is left, so there is nothing to compare").isEmpty();
    }

    @Test
    void isExactIfNoGraphFits() throws Exception {
        assertThat(chosen(ROWS, SPEC.withBytes(64))).isEqualTo(new FlatSpec(Metric.EUCLIDEAN));
        assertThat(compared).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2047})
    void isExactForFewRows(int size) throws Exception {
        Vectors few =
                size == 0 ? Vectors.of(DIMENSION) : TestVectors.clustered(size, DIMENSION, SEED);
        assertThat(chosen(few, SPEC)).isEqualTo(new FlatSpec(Metric.EUCLIDEAN));
    }

    @Test
    void isExactForManyRowsThatAreEqual() throws Exception {
        float[][] copies = new float[3000][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = new float[] {1 + i % 7, 2};
        }
        assertThat(chosen(Vectors.of(copies), SPEC)).isEqualTo(new FlatSpec(Metric.EUCLIDEAN));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void buildsAnOrdinaryIndexThatIsCalibrated(Metric metric, @TempDir Path folder)
            throws Exception {
        AutoSpec spec = AutoSpec.of(metric).withRecall(0.8);
        Path file = folder.resolve("auto.kith");
        try (VectorIndex index = VectorIndex.build(ROWS, spec, BuildContext.defaults())) {
            index.save(file);
        }
        try (VectorIndex index = VectorIndex.open(file)) {
            assertThat(index.spec().family()).isIn("qg", "hnsw");
            assertThat(index.spec().metric()).isEqualTo(metric);
            for (float[] query : TestVectors.queries(5, ROWS.size(), DIMENSION, SEED)) {
                var found = index.search(SearchRequest.of(query, 10).withRecall(0.8));
                assertThat(found.rows()).hasSize(10).doesNotHaveDuplicates();
                assertThat(found.cost().hops()).isPositive();
            }
        }
    }

    /** The middle of two opposite rows has no direction. */
    @Test
    void comparesByVectorsThatHaveADirection() throws Exception {
        float[][] rows = new float[2500][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {i < 2 ? 1 + i : -1 - i};
        }
        chosen(Vectors.of(rows), new AutoSpec(Metric.COSINE, 0.001, AutoSpec.UNBOUNDED));
        assertThat(asked).allMatch(request -> request.query()[0] != 0);
    }

    @Test
    void readsItsSpecFromText() {
        IndexSpec spec = IndexSpec.parse("auto?metric=cosine&recall=0.9&bytes=3000");
        assertThat(spec).isEqualTo(new AutoSpec(Metric.COSINE, 0.9, 3000));
        assertThat(IndexSpec.parse(spec.text())).isEqualTo(spec);
        assertThat(IndexSpec.parse("auto")).isEqualTo(AutoSpec.of(Metric.EUCLIDEAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto?recall=0",
                "auto?recall=1",
                "auto?recall=NaN",
                "auto?recall=x",
                "auto?bytes=-1",
                "auto?bytes=1.5",
                "auto?m=16"
            })
    void refusesSpecsOutOfRange(String text) {
        assertThatThrownBy(() -> IndexSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.substring(5, text.indexOf('=')));
    }

    @Test
    void refusesBytesThatTheRowsAloneDoNotFitInto() {
        assertThatThrownBy(
                        () -> VectorIndex.build(ROWS, SPEC.withBytes(63), BuildContext.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bytes must be at least 64 for rows of dimension 16: 63");
    }

    @Test
    void refusesASpecOfAnotherFamily() {
        assertThatThrownBy(() -> new AutoFamily().build(ROWS, QG, BuildContext.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("qg");
    }

    @Test
    void refusesAFileOfItsOwn() {
        IndexImage image = IndexImage.builder(AutoFamily.TAG, 1, Map.of()).build();
        assertThatThrownBy(() -> VectorIndex.open(image))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("AUTO");
    }
}

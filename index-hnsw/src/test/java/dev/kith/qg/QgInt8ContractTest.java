package dev.kith.qg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchResult;
import dev.kith.Vectors;
import dev.kith.testkit.BruteForce;
import dev.kith.testkit.IndexContract;
import java.util.List;

/** With rows of bytes a quantised graph keeps the same promises, and distances and rows are nearly right. */
class QgInt8ContractTest extends IndexContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(
                QgSpec.of(Metric.EUCLIDEAN).withRows("int8"),
                QgSpec.of(Metric.DOT_PRODUCT).withRows("int8"),
                QgSpec.of(Metric.COSINE).withRows("int8"));
    }

    /** Enough rows to be calibrated, which a build with any number of threads must be alike. */
    @Override
    protected int size() {
        return 2500;
    }

    @Override
    protected double minimumRecall() {
        return 0.95;
    }

    @Override
    protected void assertRow(float[] back, float[] row) {
        for (int i = 0; i < row.length; i++) {
            assertThat(back[i]).isCloseTo(row[i], within(0.02f));
        }
    }

    @Override
    protected void assertDistances(SearchResult found, Vectors rows, Metric metric, float[] query) {
        for (int i = 0; i < found.size(); i++) {
            double exact = BruteForce.distance(rows.row(found.rows()[i]), query, metric);
            double scale = metric == Metric.DOT_PRODUCT ? 5 : 1 + Math.abs(exact);
            assertThat((double) found.distances()[i]).isCloseTo(exact, within(0.03 * scale));
        }
    }
}

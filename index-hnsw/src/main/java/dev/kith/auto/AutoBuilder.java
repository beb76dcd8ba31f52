package dev.kith.auto;

import dev.kith.BuildContext;
import dev.kith.FlatSpec;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.hnsw.HnswSpec;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.hnsw.graph.Calibrator;
import dev.kith.qg.QgFamily;
import dev.kith.qg.QgSpec;
import dev.kith.spi.Float32;
import dev.kith.spi.IndexImage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Builds the candidates, leaves out those that do not do, and has the others compared. */
final class AutoBuilder {
    private static final int K = 10;

    /** So many that a round does not leave all that it reads in the cache. */
    private static final int REQUESTS = 1024;

    /** A query lies half-way between a row and the last of so many that are near it; the first is the row itself. */
    private static final int NEAR = 4;

    /** Tells the place of the fastest of several indexes, by their answers to the same requests. */
    @FunctionalInterface
    interface Comparison {
        int fastest(List<VectorIndex> indexes, List<SearchRequest> requests)
                throws InterruptedException;
    }

    private final Vectors rows;
    private final AutoSpec spec;
    private final BuildContext context;
    private final Comparison comparison;

    /** @throws IllegalArgumentException if not even the rows alone fit into the bytes */
    AutoBuilder(Vectors rows, AutoSpec spec, BuildContext context, Comparison comparison) {
        int least = new Float32(rows.dimension(), spec.metric()).stride();
        if (spec.bytes() != AutoSpec.UNBOUNDED && spec.bytes() < least) {
            throw new IllegalArgumentException("bytes must be at least " + least
                    + " for rows of dimension " + rows.dimension() + ": " + spec.bytes());
        }
        this.rows = rows;
        this.spec = spec;
        this.context = context;
        this.comparison = comparison;
    }

    IndexImage build() throws InterruptedException {
        List<VectorIndex> indexes = new ArrayList<>();
        for (IndexImage candidate : candidates()) {
            if (fits(candidate) && reachesRecall(candidate)) {
                indexes.add(open(candidate));
            }
        }
        if (indexes.isEmpty()) {
            return VectorIndex.build(rows, new FlatSpec(spec.metric()), context).image();
        }
        context.progress().update("compare indexes", 0, indexes.size());
        int fastest =
                indexes.size() == 1 ? 0 : comparison.fastest(indexes, requests(indexes.getFirst()));
        context.progress().update("compare indexes", indexes.size(), indexes.size());
        return indexes.get(fastest).image();
    }

    /** None for rows so few that no graph of them is calibrated. */
    private List<IndexImage> candidates() throws InterruptedException {
        List<IndexImage> images = new ArrayList<>();
        if (Calibrator.queries(rows.size()) == 0) {
            return images;
        }
        QgFamily qg = new QgFamily();
        if (rows.dimension() <= qg.maxDimension()) {
            QgSpec defaults = QgSpec.of(spec.metric());
            images.addAll(qg.build(rows, defaults, List.of(defaults.rows(), "int8"), context));
        }
        IndexSpec hnsw = HnswSpec.of(spec.metric());
        IndexFamily family = IndexFamily.named(hnsw.family());
        if (rows.dimension() <= family.maxDimension()) {
            images.add(family.build(rows, hnsw, context));
        }
        return images;
    }

    private static VectorIndex open(IndexImage image) {
        try {
            return VectorIndex.open(image);
        } catch (IOException e) {
            throw new IllegalStateException("an image in memory cannot fail to be read", e);
        }
    }

    private boolean fits(IndexImage image) {
        return spec.bytes() == AutoSpec.UNBOUNDED
                || (double) image.bytes() / rows.size() <= spec.bytes();
    }

    private boolean reachesRecall(IndexImage image) {
        try {
            return Calibration.read(image).reaches(K, spec.recall());
        } catch (IOException e) {
            throw new IllegalStateException("an image in memory cannot fail to be read", e);
        }
    }

    private List<SearchRequest> requests(VectorIndex index) {
        List<SearchRequest> requests = new ArrayList<>();
        int count = Math.min(REQUESTS, rows.size());
        for (int i = 0; i < count; i++) {
            float[] row = rows.row((int) ((long) i * rows.size() / count));
            int[] near = index.search(SearchRequest.of(row, NEAR)).rows();
            float[] query = between(row, rows.row(near[near.length - 1]));
            requests.add(SearchRequest.of(query, K).withRecall(spec.recall()));
        }
        return requests;
    }

    /** The middle, or one end if the middle has no direction. */
    private static float[] between(float[] row, float[] other) {
        float[] middle = new float[row.length];
        double squares = 0;
        for (int i = 0; i < row.length; i++) {
            middle[i] = 0.5f * row[i] + 0.5f * other[i];
            squares += (double) middle[i] * middle[i];
        }
        return (float) squares == 0 ? row : middle;
    }
}

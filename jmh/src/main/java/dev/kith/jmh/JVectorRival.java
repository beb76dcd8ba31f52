package dev.kith.jmh;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/**
 * JVector's graph in memory over exact rows: degree 32 as the others have on their bottom layer, with the overflow and
 * alpha of its documentation, a hierarchy, and the final refinement that is its default.
 */
final class JVectorRival implements Rival {
    private static final float NEIGHBOR_OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    private final GraphIndexBuilder builder;
    private final GraphSearcher searcher;
    private final RandomAccessVectorValues rows;
    private final VectorSimilarityFunction similarity;
    private final List<VectorFloat<?>> queries;

    @SuppressWarnings("deprecation") // the builder that replaces it cannot ask for a hierarchy
    JVectorRival(DataSet data, int threads) {
        similarity = switch (data.metric()) {
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
            case DOT_PRODUCT -> VectorSimilarityFunction.DOT_PRODUCT;
            case COSINE -> VectorSimilarityFunction.COSINE;
        };
        rows = new ListRandomAccessVectorValues(vectors(data.base()), data.dimension());
        queries = vectors(data.queries());
        BuildScoreProvider scores = BuildScoreProvider.randomAccessScoreProvider(rows, similarity);
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            builder = new GraphIndexBuilder(
                    scores,
                    data.dimension(),
                    2 * M,
                    EF_CONSTRUCTION,
                    NEIGHBOR_OVERFLOW,
                    ALPHA,
                    true,
                    true,
                    pool,
                    pool);
            ImmutableGraphIndex graph = builder.build(rows);
            searcher = new GraphSearcher(graph);
        }
    }

    private static List<VectorFloat<?>> vectors(float[][] rows) {
        VectorTypeSupport types = VectorizationProvider.getInstance().getVectorTypeSupport();
        return Arrays.<float[]>stream(rows)
                .<VectorFloat<?>>map(types::createFloatVector)
                .toList();
    }

    @Override
    public int[] search(int query, int k, int ef) {
        DefaultSearchScoreProvider scores =
                DefaultSearchScoreProvider.exact(queries.get(query), similarity, rows);
        SearchResult found = searcher.search(scores, k, ef, 0, 0, Bits.ALL);
        int[] nearest = new int[found.getNodes().length];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = found.getNodes()[i].node;
        }
        return nearest;
    }

    @Override
    public long bytes() {
        return builder.ramBytesUsed() + 4L * rows.size() * rows.dimension();
    }

    @Override
    public void close() throws IOException {
        searcher.close();
        builder.close();
    }
}

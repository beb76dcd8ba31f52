package dev.kith.jmh;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;

import java.io.Serial;
import java.util.List;
import java.util.stream.IntStream;

/** hnswlib-java: plain Java without the Vector API. */
final class HnswlibJavaRival implements Rival {
    private final HnswIndex<Integer, float[], Row, Float> index;
    private final float[][] queries;

    /** A row as the library wants it. */
    private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public int dimensions() {
            return vector.length;
        }
    }

    HnswlibJavaRival(DataSet data, int threads) throws InterruptedException {
        DistanceFunction<float[], Float> distance = switch (data.metric()) {
            case EUCLIDEAN -> DistanceFunctions.FLOAT_EUCLIDEAN_DISTANCE;
            case DOT_PRODUCT -> DistanceFunctions.FLOAT_INNER_PRODUCT;
            case COSINE -> DistanceFunctions.FLOAT_COSINE_DISTANCE;
        };
        int size = data.base().length;
        index = HnswIndex.<float[], Float>newBuilder(data.dimension(), distance, size)
                .withM(M)
                .withEfConstruction(EF_CONSTRUCTION)
                .build();
        List<Row> rows = IntStream.range(0, size)
                .mapToObj(i -> new Row(i, data.base()[i]))
                .toList();
        index.addAll(rows, threads, (done, total) -> {}, size);
        queries = data.queries();
    }

    @Override
    public int[] search(int query, int k, int ef) {
        index.setEf(ef);
        List<SearchResult<Row, Float>> found = index.findNearest(queries[query], k);
        int[] nearest = new int[found.size()];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = found.get(i).item().id();
        }
        return nearest;
    }

    @Override
    public long bytes() {
        return -1;
    }

    @Override
    public void close() {}
}

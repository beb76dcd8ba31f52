package dev.kith.jmh;

import com.spotify.voyager.jni.Index;

import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.LongStream;

/** Voyager: native hnswlib behind JNI, with float32 rows. */
final class VoyagerRival implements Rival {
    private static final long SEED = 42;

    private final Index index;
    private final float[][] queries;

    VoyagerRival(DataSet data, int threads) {
        Index.SpaceType space = switch (data.metric()) {
            case EUCLIDEAN -> Index.SpaceType.Euclidean;
            case DOT_PRODUCT -> Index.SpaceType.InnerProduct;
            case COSINE -> Index.SpaceType.Cosine;
        };
        int size = data.base().length;
        index = new Index(
                space,
                data.dimension(),
                M,
                EF_CONSTRUCTION,
                SEED,
                size,
                Index.StorageDataType.Float32);
        index.addItems(data.base(), LongStream.range(0, size).toArray(), threads);
        queries = data.queries();
    }

    @Override
    public int[] search(int query, int k, int ef) {
        long[] labels = index.query(queries[query], k, ef).labels;
        int[] nearest = new int[labels.length];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = (int) labels[i];
        }
        return nearest;
    }

    /** What it would save: it keeps the same in memory. */
    @Override
    public long bytes() {
        long[] count = new long[1];
        index.saveIndex(new OutputStream() {
            @Override
            public void write(int b) {
                count[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                count[0] += length;
            }
        });
        return count[0];
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}

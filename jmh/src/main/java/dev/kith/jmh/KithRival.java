package dev.kith.jmh;

import dev.kith.BuildContext;
import dev.kith.Progress;
import dev.kith.SearchRequest;
import dev.kith.Searcher;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.hnsw.HnswSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kith's HNSW, loaded into the heap or mapped. */
final class KithRival implements Rival {
    private final VectorIndex index;
    private final Searcher searcher;
    private final float[][] queries;
    private final Path file;

    private KithRival(VectorIndex index, float[][] queries, Path file) {
        this.index = index;
        this.searcher = index.searcher();
        this.queries = queries;
        this.file = file;
    }

    static Rival build(DataSet data, int threads, boolean mapped) throws Exception {
        HnswSpec spec = HnswSpec.of(data.metric()).withM(M).withEfConstruction(EF_CONSTRUCTION);
        BuildContext context = new BuildContext(threads, Progress.NONE);
        Path file = Files.createTempFile("graph", ".kith");
        try (VectorIndex built = VectorIndex.build(Vectors.of(data.base()), spec, context)) {
            built.save(file);
        }
        VectorIndex index = mapped ? VectorIndex.open(file) : VectorIndex.load(file);
        return new KithRival(index, data.queries(), file);
    }

    @Override
    public int[] search(int query, int k, int ef) {
        return searcher.search(new SearchRequest(queries[query], k, ef, null)).rows();
    }

    @Override
    public long bytes() {
        return index.image().bytes();
    }

    @Override
    public void close() throws IOException {
        index.close();
        Files.delete(file);
    }
}

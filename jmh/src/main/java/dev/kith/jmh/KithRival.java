package dev.kith.jmh;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.Progress;
import dev.kith.SearchRequest;
import dev.kith.Searcher;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.hnsw.HnswSpec;
import dev.kith.qg.QgSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Kith's graphs, loaded into the heap or mapped. */
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

    /** The layered graph, walking on the rows ({@code none}) or on codes. */
    static Rival hnsw(DataSet data, int threads, String codes, boolean mapped) throws Exception {
        HnswSpec spec = HnswSpec.of(data.metric())
                .withM(M)
                .withEfConstruction(EF_CONSTRUCTION)
                .withCodes(codes);
        return build(data, spec, threads, mapped);
    }

    /** The quantised graph with as many links as the others have on their bottom layer, and its own defaults. */
    static Rival qg(DataSet data, int threads, String options, boolean mapped) throws Exception {
        String metric = data.metric().name().toLowerCase(Locale.ROOT);
        return build(data, IndexSpec.parse("qg?metric=" + metric + options), threads, mapped);
    }

    private static Rival build(DataSet data, IndexSpec spec, int threads, boolean mapped)
            throws Exception {
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

    /** The quantised graph may expand fewer nodes than are wanted. */
    @Override
    public int leastEf(int k) {
        return index.spec() instanceof QgSpec ? 1 : k;
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

package dev.kith.jmh;

import java.io.IOException;
import java.util.Locale;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/** One library's graph over a data set. Queries are handed over beforehand, in whatever form the library likes best. */
public interface Rival extends AutoCloseable {
    /** Every graph has 32 links on the bottom layer, and is built with 200 candidates. */
    int M = 16;

    int EF_CONSTRUCTION = 200;

    /** Builds a graph with that many threads. */
    @FunctionalInterface
    interface Maker {
        Rival build(DataSet data, int threads) throws Exception;
    }

    /** The libraries, by the names that the command line takes. */
    enum Kind {
        QG((data, threads) -> KithRival.qg(data, threads, "", false)),
        QG_INT8((data, threads) -> KithRival.qg(data, threads, "&rows=int8", false)),
        QG_150((data, threads) -> KithRival.qg(data, threads, "&efConstruction=150", false)),
        QG_INT8_150((data, threads) ->
                KithRival.qg(data, threads, "&rows=int8&efConstruction=150", false)),
        QG_MAPPED((data, threads) -> KithRival.qg(data, threads, "", true)),
        KITH((data, threads) -> KithRival.hnsw(data, threads, "none", false)),
        KITH_MAPPED((data, threads) -> KithRival.hnsw(data, threads, "none", true)),
        KITH_INT8((data, threads) -> KithRival.hnsw(data, threads, "int8", false)),
        KITH_INT8_MAPPED((data, threads) -> KithRival.hnsw(data, threads, "int8", true)),
        LUCENE(LuceneRival::exact),
        LUCENE_INT8((data, threads) ->
                LuceneRival.quantised(data, threads, ScalarEncoding.UNSIGNED_BYTE)),
        LUCENE_INT4((data, threads) ->
                LuceneRival.quantised(data, threads, ScalarEncoding.PACKED_NIBBLE)),
        LUCENE_BBQ((data, threads) ->
                LuceneRival.quantised(data, threads, ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE)),
        JVECTOR(JVectorRival::new),
        VOYAGER(VoyagerRival::new),
        HNSWLIB_JAVA(HnswlibJavaRival::new);

        final Maker maker;

        Kind(Maker maker) {
            this.maker = maker;
        }

        static Kind named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The nearest rows.
     *
     * @param query the number of a query of the data set
     * @param ef how many candidates to hold, at least {@link #leastEf}
     */
    int[] search(int query, int k, int ef) throws Exception;

    /** The least ef that means something else than the ones above it. */
    default int leastEf(int k) {
        return k;
    }

    /** Bytes of graph and rows, or -1 if the library does not say. */
    long bytes() throws Exception;

    @Override
    void close() throws IOException;
}

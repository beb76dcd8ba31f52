/** Graphs in memory: navigable small worlds, and quantised graphs. */
module dev.kith.index.hnsw {
    requires transitive dev.kith.core;
    requires static org.jspecify;

    exports dev.kith.hnsw;
    exports dev.kith.qg;

    provides dev.kith.IndexFamily with
            dev.kith.hnsw.HnswFamily,
            dev.kith.qg.QgFamily;
}

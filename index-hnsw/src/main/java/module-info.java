/** Graphs in memory: navigable small worlds, quantised graphs, and the choice between them. */
module dev.kith.index.hnsw {
    requires transitive dev.kith.core;
    requires static org.jspecify;

    exports dev.kith.auto;
    exports dev.kith.hnsw;
    exports dev.kith.qg;

    provides dev.kith.IndexFamily with
            dev.kith.auto.AutoFamily,
            dev.kith.hnsw.HnswFamily,
            dev.kith.qg.QgFamily;
}

/** A navigable small world graph over any row encoding. */
module dev.kith.index.hnsw {
    requires dev.kith.core;
    requires static transitive org.jspecify;
}

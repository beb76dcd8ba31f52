/** Every module of Kith that an application may use, by one name. */
module dev.kith.all {
    requires transitive dev.kith.core;
    requires transitive dev.kith.index.hnsw;
    requires transitive dev.kith.tokenizers;
    requires transitive dev.kith.chunking;
    requires transitive dev.kith.embedding;
    requires transitive dev.kith.rerank;
    requires transitive dev.kith.lucene;
    requires transitive dev.kith.retrieval;
}

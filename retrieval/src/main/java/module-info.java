/** A durable corpus with hybrid search, fusion, reranking and evaluation. */
module dev.kith.retrieval {
    requires transitive dev.kith.core;
    requires dev.kith.index.hnsw;
    requires dev.kith.lucene;
    requires com.fasterxml.jackson.databind;
    requires org.apache.lucene.core;
    requires org.apache.lucene.analysis.common;
    requires org.apache.lucene.join;
    requires static org.jspecify;

    exports dev.kith.retrieval;
    exports dev.kith.retrieval.context;
    exports dev.kith.retrieval.evaluation;
    exports dev.kith.retrieval.evaluation.answers;
    exports dev.kith.retrieval.filter;
    exports dev.kith.retrieval.fusion;
    exports dev.kith.retrieval.passages;
    exports dev.kith.retrieval.steps;
}

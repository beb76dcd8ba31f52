/** The kith command. */
module dev.kith.cli {
    requires dev.kith.core;
    requires dev.kith.index.hnsw;
    requires dev.kith.tokenizers;
    requires dev.kith.chunking;
    requires dev.kith.embedding;
    requires dev.kith.rerank;
    requires dev.kith.retrieval;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    opens dev.kith.cli.bench to
            info.picocli;
    opens dev.kith.cli to
            info.picocli;
}

/** Text embedding with ONNX models. */
module dev.kith.embedding {
    requires transitive dev.kith.core;
    requires dev.kith.onnx;
    requires dev.kith.tokenizers;
    requires static org.jspecify;

    exports dev.kith.embedding;
}

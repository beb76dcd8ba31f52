/** Reranking with ONNX cross-encoders and with language models. */
module dev.kith.rerank {
    requires transitive dev.kith.core;
    requires dev.kith.onnx;
    requires dev.kith.tokenizers;
    requires static org.jspecify;

    exports dev.kith.rerank;
}

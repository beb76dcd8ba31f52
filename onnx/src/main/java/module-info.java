/** What embedders and rerankers share: ONNX sessions, model folders, bounded callers. No API of its own. */
// requires-automatic: ONNX Runtime has only a name in its manifest.
// module: the modules exported to are built after this one.
@SuppressWarnings({"requires-automatic", "module"})
module dev.kith.onnx {
    requires transitive dev.kith.core;
    requires transitive dev.kith.tokenizers;
    requires com.fasterxml.jackson.databind;
    requires com.microsoft.onnxruntime;
    requires static org.jspecify;

    exports dev.kith.onnx to
            dev.kith.embedding,
            dev.kith.rerank;
}

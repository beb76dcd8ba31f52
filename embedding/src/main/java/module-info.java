/** Text embedding with ONNX models. */
@SuppressWarnings("requires-automatic") // ONNX Runtime has only a name in its manifest
module dev.kith.embedding {
    requires dev.kith.core;
    requires dev.kith.tokenizers;
    requires com.microsoft.onnxruntime;
    requires static org.jspecify;
}

/**
 * What embedders and rerankers share: a model's session with bounded callers ({@link dev.kith.onnx.OnnxModel}, read
 * it first) and the files of an exported model ({@link dev.kith.onnx.ModelFolder}).
 *
 * <p>Internal: for the embedding and rerank modules only, and subject to change.
 */
@NullMarked
package dev.kith.onnx;

import org.jspecify.annotations.NullMarked;

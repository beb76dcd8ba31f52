/**
 * Rerankers: a query and some passages to a score for each, by an ONNX cross-encoder that runs inside the process ({@link
 * dev.kith.rerank.OnnxReranker}) or by a language model that the caller brings ({@link dev.kith.rerank.LlmReranker}).
 *
 * <p>Not for finding passages; it orders those that a retriever found.
 */
@NullMarked
package dev.kith.rerank;

import org.jspecify.annotations.NullMarked;

/**
 * Embedders: texts to vectors by an ONNX model that runs inside the process.
 *
 * <p>Not a client of a remote embedding service, and not a downloader: models are read from files
 * or from the class path.
 */
@NullMarked
package dev.kith.embedding;

import org.jspecify.annotations.NullMarked;

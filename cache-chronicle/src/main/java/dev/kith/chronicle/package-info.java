/**
 * A cache of embeddings in a file, on Chronicle Map ({@link dev.kith.chronicle.ChronicleEmbeddingCache}).
 *
 * <p>Not a store of record: it holds only what can be computed again. Not for the module path, where Chronicle Map does not
 * work.
 */
@NullMarked
package dev.kith.chronicle;

import org.jspecify.annotations.NullMarked;

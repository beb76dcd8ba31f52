/**
 * Subword tokenizers: text to the ids and source offsets that a model expects, read from the
 * {@code tokenizer.json} that ships beside the model.
 *
 * <p>Not for word tokenization in full-text search, which is the analyzer's work, and not for
 * training vocabularies.
 */
@NullMarked
package dev.kith.tokenizers;

import org.jspecify.annotations.NullMarked;

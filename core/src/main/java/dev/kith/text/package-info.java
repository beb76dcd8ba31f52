/**
 * The roles around text: documents and chunks, and what turns text into tokens, chunks, vectors and relevance. Roles only:
 * tokenizers, chunkers and models live in modules of their own and need nothing above this package. Read
 * {@link dev.kith.text.Chunk} first.
 */
@NullMarked
package dev.kith.text;

import org.jspecify.annotations.NullMarked;

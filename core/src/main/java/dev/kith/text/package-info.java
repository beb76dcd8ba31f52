/**
 * The roles around text: documents and chunks, and what turns text into tokens, chunks, vectors and relevance. Roles
 * only: tokenizers, chunkers, models and caches live in modules of their own and need nothing above this package;
 * {@link dev.kith.text.CachedEmbedder} joins two roles. Read {@link dev.kith.text.Chunk} first.
 */
@NullMarked
package dev.kith.text;

import org.jspecify.annotations.NullMarked;

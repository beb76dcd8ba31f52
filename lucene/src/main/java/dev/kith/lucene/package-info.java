/**
 * Kith indexes inside Apache Lucene segments: a vectors format whose index per field is any Kith
 * index, so that one commit covers text, metadata and vectors.
 *
 * <p>It adds no query syntax and no storage of its own: segments, deletes, merges and commits are
 * Lucene's.
 */
@NullMarked
package dev.kith.lucene;

import org.jspecify.annotations.NullMarked;

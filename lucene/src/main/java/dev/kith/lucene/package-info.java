/**
 * Kith indexes inside Apache Lucene segments: a vectors format whose index per field is any Kith
 * index, so that one commit covers text, metadata and vectors.
 *
 * <p>It adds no query syntax and no storage of its own: segments, deletes, merges and commits are
 * Lucene's. Start reading at {@link dev.kith.lucene.KithVectorsFormat}; a segment is written by
 * {@code KithVectorsWriter} and searched by {@code FieldIndex}.
 */
@NullMarked
package dev.kith.lucene;

import org.jspecify.annotations.NullMarked;

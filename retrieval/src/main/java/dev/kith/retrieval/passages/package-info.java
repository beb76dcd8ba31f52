/**
 * How far a hit reaches: from the chunk that was found to the passage that a reader is given. Read
 * {@link dev.kith.retrieval.passages.Widening} first.
 */
@NullMarked
package dev.kith.retrieval.passages;

import org.jspecify.annotations.NullMarked;

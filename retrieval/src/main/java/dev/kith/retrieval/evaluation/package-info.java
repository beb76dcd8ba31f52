/**
 * How well a corpus retrieves, measured on collections in BEIR's layout. Read
 * {@link dev.kith.retrieval.evaluation.Evaluation} first.
 */
@NullMarked
package dev.kith.retrieval.evaluation;

import org.jspecify.annotations.NullMarked;

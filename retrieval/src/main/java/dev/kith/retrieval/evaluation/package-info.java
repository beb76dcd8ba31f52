/**
 * How well a corpus retrieves, and whether one way of asking is better than another. Read
 * {@link dev.kith.retrieval.evaluation.Evaluation} first; {@link dev.kith.retrieval.evaluation.Run} and
 * {@link dev.kith.retrieval.evaluation.Qrels} read the files of any system.
 */
@NullMarked
package dev.kith.retrieval.evaluation;

import org.jspecify.annotations.NullMarked;

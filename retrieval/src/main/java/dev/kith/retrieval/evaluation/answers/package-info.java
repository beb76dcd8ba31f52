/**
 * How good answers are: against references ({@link dev.kith.retrieval.evaluation.answers.Answers},
 * {@link dev.kith.retrieval.evaluation.answers.Bleu}), by a language model as judge
 * ({@link dev.kith.retrieval.evaluation.answers.Judge}), and in what they cite
 * ({@link dev.kith.retrieval.evaluation.answers.CitationAccuracy}).
 */
@NullMarked
package dev.kith.retrieval.evaluation.answers;

import org.jspecify.annotations.NullMarked;

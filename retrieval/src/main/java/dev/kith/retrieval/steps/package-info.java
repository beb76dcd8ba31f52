/**
 * What happens to a question before the search: steps turn it into a plan of sub-queries, most of them with the help of a
 * language model that the caller brings as a function. Read {@link dev.kith.retrieval.steps.QueryStep} first.
 */
@NullMarked
package dev.kith.retrieval.steps;

import org.jspecify.annotations.NullMarked;

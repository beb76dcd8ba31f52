/**
 * Talking to models that the caller brings: a language model as a function, a reranker. Internal. Read {@link
 * dev.kith.retrieval.model.Asking} first.
 */
@NullMarked
package dev.kith.retrieval.model;

import org.jspecify.annotations.NullMarked;

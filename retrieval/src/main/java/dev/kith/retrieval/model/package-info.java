/**
 * Talking to a language model that the caller brings as a function. Internal. Read {@link dev.kith.retrieval.model.Asking}
 * first.
 */
@NullMarked
package dev.kith.retrieval.model;

import org.jspecify.annotations.NullMarked;

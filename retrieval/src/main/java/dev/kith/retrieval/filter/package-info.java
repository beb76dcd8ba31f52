/**
 * Conditions on metadata, as a type and as text. Read {@link dev.kith.retrieval.filter.Filter} first; what evaluates them
 * is elsewhere.
 */
@NullMarked
package dev.kith.retrieval.filter;

import org.jspecify.annotations.NullMarked;

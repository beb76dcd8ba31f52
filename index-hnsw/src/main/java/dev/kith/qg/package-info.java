/**
 * The family of quantised graphs, {@code qg}: one layer of nodes whose records hold a row, the codes of its neighbours
 * and their numbers, so that expanding a node reads one stretch of memory. The fastest way to search in memory that Kith
 * has; it pays with bytes. Begin with {@link dev.kith.qg.QgSpec}.
 *
 * <p>It is not a store: rows are never added to or removed from a finished graph, and filters come in as masks of rows.
 */
@NullMarked
package dev.kith.qg;

import org.jspecify.annotations.NullMarked;

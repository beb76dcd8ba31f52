/**
 * The HNSW index family: a layered proximity graph, built in memory, saved to one file image and searched by any number of
 * threads. Searches walk on codes and answer by float32 rows.
 *
 * <p>It is not a store: rows are never added to or removed from a finished graph, and filters come
 * in as masks of rows that may be returned.
 */
@NullMarked
package dev.kith.hnsw;

import org.jspecify.annotations.NullMarked;

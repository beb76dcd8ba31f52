/**
 * The vocabulary of Kith: vectors, metrics, index specs, searches and their results.
 *
 * <p>Rows are dense ints inside one index and distances are smaller when nearer, everywhere. This
 * package is not a store: identifiers, text, filters and durability live in the modules above it.
 * Start reading at {@code VectorIndex}.
 */
@NullMarked
package dev.kith;

import org.jspecify.annotations.NullMarked;

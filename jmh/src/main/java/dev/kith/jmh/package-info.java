/**
 * JMH benchmarks of Kith's kernels and indexes, with rival libraries in the same run, and the data they are measured on.
 *
 * <p>No tests live here and no build runs a benchmark; recall sweeps belong to {@code kith bench}.
 */
package dev.kith.jmh;

/**
 * Measures an index: recall against exact neighbours, speed and latency of one thread, build cost; and reports it as CSV
 * and as a page with the curve. Knows index families only by {@link dev.kith.IndexFamily}. Start reading at {@link
 * dev.kith.cli.bench.Benchmark}.
 */
@NullMarked
package dev.kith.cli.bench;

import org.jspecify.annotations.NullMarked;

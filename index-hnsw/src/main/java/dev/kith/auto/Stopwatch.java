package dev.kith.auto;

import dev.kith.SearchRequest;
import dev.kith.Searcher;
import dev.kith.VectorIndex;

import java.util.Arrays;
import java.util.List;

/**
 * Finds out which of several indexes answers the same requests in the least time, by one thread. They take turns, so that what
 * the machine does beside hits all of them, and the best turn of each counts.
 */
final class Stopwatch {
    /** Until everything is compiled, for all candidates: code that one of them ran alone is compiled again for the next. */
    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private static final int ROUNDS = 5;

    private Stopwatch() {}

    /** The place of the fastest, the first of them if there are several. */
    static int fastest(List<VectorIndex> indexes, List<SearchRequest> requests)
            throws InterruptedException {
        List<Searcher> searchers = indexes.stream().map(VectorIndex::searcher).toList();
        long start = System.nanoTime();
        do {
            round(searchers, requests);
        } while (System.nanoTime() - start < WARM_UP_NANOS);
        long[] least = new long[searchers.size()];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int i = 0; i < ROUNDS; i++) {
            long[] nanos = round(searchers, requests);
            Arrays.setAll(least, j -> Math.min(least[j], nanos[j]));
        }
        int fastest = 0;
        for (int i = 1; i < least.length; i++) {
            fastest = least[i] < least[fastest] ? i : fastest;
        }
        return fastest;
    }

    private static long[] round(List<Searcher> searchers, List<SearchRequest> requests)
            throws InterruptedException {
        long[] nanos = new long[searchers.size()];
        for (int i = 0; i < nanos.length; i++) {
            Searcher searcher = searchers.get(i);
            long start = System.nanoTime();
            for (SearchRequest request : requests) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                searcher.search(request);
            }
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }
}

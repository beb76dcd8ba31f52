package dev.kith.rerank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts inputs of like length together, so that little is computed on padding, within bounds on number and tokens. */
final class Batches {
    private Batches() {}

    /**
     * Divides inputs into batches.
     *
     * @param lengths each input's number of tokens
     * @return the inputs' numbers, each once; the longest come first, so that no long run is left over at the end
     */
    static List<int[]> of(int[] lengths, RerankerOptions options) {
        int[] longestFirst = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -lengths[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        int from = 0;
        while (from < longestFirst.length) {
            // The first is the longest, and the others are filled up to it.
            int longest = Math.max(1, lengths[longestFirst[from]]);
            int size = Math.clamp(options.batchTokens() / longest, 1, options.batchSize());
            int to = Math.min(longestFirst.length, from + size);
            batches.add(Arrays.copyOfRange(longestFirst, from, to));
            from = to;
        }
        return batches;
    }
}

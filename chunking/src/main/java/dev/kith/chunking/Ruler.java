package dev.kith.chunking;

import dev.kith.text.Tokens;

/** Measures ranges of one text in the unit of a {@link ChunkSize}. */
sealed interface Ruler {
    /** The length of a range. */
    int count(int start, int end);

    /** The largest end such that the range from start is at most so long. */
    int reach(int start, int length);

    /** The smallest start such that the range to end is at most so long. */
    int back(int end, int length);

    static Ruler of(ChunkSize size, String text) {
        return switch (size) {
            case ChunkSize.Characters _ -> new Characters(text.length());
            case ChunkSize.TokenCount tokens ->
                new TokenOffsets(text.length(), tokens.tokenizer().tokenize(text));
        };
    }

    /** Counts UTF-16 units. */
    record Characters(int textLength) implements Ruler {
        @Override
        public int count(int start, int end) {
            return end - start;
        }

        @Override
        public int reach(int start, int length) {
            return length >= textLength - start ? textLength : start + length;
        }

        @Override
        public int back(int end, int length) {
            return Math.max(0, end - length);
        }
    }

    /**
     * Counts the tokens that a range touches, by binary search in the offsets of the whole text's tokens. Several tokens
     * may share a character, as a byte-level tokenizer's do.
     */
    final class TokenOffsets implements Ruler {
        private final int textLength;
        private final int[] starts;
        private final int[] ends;

        TokenOffsets(int textLength, Tokens tokens) {
            this.textLength = textLength;
            this.starts = tokens.starts();
            this.ends = tokens.ends();
        }

        @Override
        public int count(int start, int end) {
            return start >= end
                    ? 0
                    : Math.max(0, lowerBound(starts, end) - lowerBound(ends, start + 1));
        }

        @Override
        public int reach(int start, int length) {
            int first = lowerBound(ends, start + 1);
            return length >= starts.length - first
                    ? textLength
                    : Math.max(start, starts[first + length]);
        }

        @Override
        public int back(int end, int length) {
            int behind = lowerBound(starts, end);
            return behind <= length ? 0 : Math.min(end, ends[behind - length - 1]);
        }

        /** The index of the first value that is at least so large. */
        private static int lowerBound(int[] ascending, int value) {
            int low = 0;
            int high = ascending.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ascending[middle] < value) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}

package dev.kith.chunking;

/** How much of a chunk the next one may repeat when running text has to be cut. */
public sealed interface Overlap {
    /** Nothing. */
    Overlap NONE = new Units(0);

    /** Names the amount and what it counts. */
    String identity();

    /**
     * Up to so many units of the {@link ChunkSize}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static Overlap of(int units) {
        return new Units(units);
    }

    /**
     * The last sentences of the chunk, as many of them as fit into half of the maximum.
     *
     * @throws IllegalArgumentException unless the count is positive
     */
    static Overlap sentences(int count) {
        return new Sentences(count);
    }

    /** An amount in the unit of the size. */
    record Units(int amount) implements Overlap {
        /** @throws IllegalArgumentException if it is negative */
        public Units {
            if (amount < 0) {
                throw new IllegalArgumentException("overlap must not be negative: " + amount);
            }
        }

        @Override
        public String identity() {
            return String.valueOf(amount);
        }
    }

    /** A number of sentences. */
    record Sentences(int count) implements Overlap {
        /** @throws IllegalArgumentException unless it is positive */
        public Sentences {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "overlap must be at least one sentence: " + count);
            }
        }

        @Override
        public String identity() {
            return count + " sentences";
        }
    }
}

package dev.kith.hnsw;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.spi.Workers;

/**
 * How far codes are from the rows that they stand for, at worst. Under cosine it is the rows scaled to length one that count.
 *
 * @param error at least the Euclidean distance between any row and its decoded codes; infinite if components are so large or
 *     so small that floats cannot be trusted
 * @param norm at least the length of any row, decoded or not, and on top that of its codes alone, without the offset: what
 *     the rounding of a distance grows with
 */
record CodeError(double error, double norm) {
    /** Squares of lengths below this, and above its reciprocal, are far from what a float can hold. */
    private static final double LONGEST = 0x1p60;

    static final CodeError NONE = new CodeError(0, 0);

    private static final CodeError UNKNOWN =
            new CodeError(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Covers what decoding to floats rounds off, and that this computation itself is rounded. */
    private static final double ROUNDED_UP = 0x1p-22;

    /** Below this a float is rounded by more than a share of itself. */
    private static final double FLOOR = Float.MIN_NORMAL;

    private static final int BATCH = 1024;

    /** @throws IllegalArgumentException if a number is negative or NaN */
    CodeError {
        if (!(error >= 0 && norm >= 0)) {
            throw new IllegalArgumentException(
                    "an error and a norm must not be negative: " + error + ", " + norm);
        }
    }

    static CodeError measure(EncodedRows exact, EncodedRows coded, BuildContext context)
            throws InterruptedException {
        int size = exact.size();
        CodeError[] batches = new CodeError[Math.ceilDiv(size, BATCH)];
        Workers.run(context.threads(), batches.length, () -> {
            float[] row = new float[exact.encoding().dimension()];
            float[] decoded = new float[row.length];
            return task -> {
                CodeError worst = NONE;
                for (int i = task * BATCH; i < Math.min(size, (task + 1L) * BATCH); i++) {
                    exact.encoding().decode(exact.records(), i, row, 0);
                    coded.encoding().decode(coded.records(), i, decoded, 0);
                    worst = worst.max(of(row, decoded, exact.encoding().metric()));
                }
                batches[task] = worst;
            };
        });
        CodeError worst = NONE;
        for (CodeError batch : batches) {
            worst = worst.max(batch);
        }
        return worst;
    }

    private static CodeError of(float[] row, float[] decoded, Metric metric) {
        float offset = Float.MAX_VALUE;
        for (float component : decoded) {
            offset = Math.min(offset, component);
        }
        double length = length(row);
        double decodedLength = length(decoded);
        double scale = metric == Metric.COSINE ? 1 / length : 1;
        double decodedScale = metric == Metric.COSINE ? 1 / decodedLength : 1;
        double errors = 0;
        double codes = 0;
        for (int i = 0; i < row.length; i++) {
            double error = scale * row[i] - decodedScale * decoded[i];
            double code = decodedScale * ((double) decoded[i] - offset);
            errors += error * error;
            codes += code * code;
        }
        double norm = Math.max(scale * length, decodedScale * decodedLength)
                + Math.sqrt(codes)
                + FLOOR * row.length;
        double error = Math.sqrt(errors) + ROUNDED_UP * norm;
        return trusted(length, metric) ? new CodeError(error, (1 + ROUNDED_UP) * norm) : UNKNOWN;
    }

    /** Whether no distance to a vector of that length overflows or, under cosine, is lost to underflow. */
    static boolean trusted(double length, Metric metric) {
        return length < LONGEST && (metric != Metric.COSINE || length > 1 / LONGEST);
    }

    private CodeError max(CodeError other) {
        return new CodeError(Math.max(error, other.error), Math.max(norm, other.norm));
    }

    static double length(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        return Math.sqrt(squares);
    }
}

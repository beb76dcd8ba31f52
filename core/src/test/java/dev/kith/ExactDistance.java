package dev.kith;

/** The oracle of this module's tests: distances summed up in double. */
public final class ExactDistance {
    private ExactDistance() {}

    public static double between(float[] a, float[] b, Metric metric) {
        double dot = 0;
        double squares = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return switch (metric) {
            case EUCLIDEAN -> squares;
            case DOT_PRODUCT -> -dot;
            case COSINE -> 1 - dot / Math.sqrt(aa * bb);
        };
    }
}

package dev.kith.jmh;

import dev.kith.Vectors;

import java.util.Random;

/**
 * The few directions along which rows extend most: the leading eigenvectors of their second-moment matrix. The mean is not
 * taken off, so that an angle between projected rows is the angle between what the axes keep of them.
 *
 * <p>Found by orthogonal iteration: random axes are multiplied with the matrix and made orthonormal again until they keep no
 * more of the rows than before. Slow beside better methods where eigenvalues lie close together, but then it does not
 * matter which of those axes are taken. Deterministic: the seed is fixed.
 */
final class PrincipalAxes {
    private static final long SEED = 42;
    private static final double ENOUGH = 1e-12;

    private final double[][] axes;
    private final double kept;

    private PrincipalAxes(double[][] axes, double kept) {
        this.axes = axes;
        this.kept = kept;
    }

    /** Finds some axes of rows. */
    static PrincipalAxes of(Vectors rows, int count) {
        if (count < 1 || count > rows.dimension()) {
            throw new IllegalArgumentException(
                    "axes must be in [1, " + rows.dimension() + "]: " + count);
        }
        double[][] moment = secondMoment(rows);
        double whole = 0;
        for (int i = 0; i < moment.length; i++) {
            whole += moment[i][i];
        }
        double[][] axes = randomAxes(count, moment.length);
        double kept = 0;
        double before;
        do {
            double[][] images = times(axes, moment);
            before = kept;
            kept = 0;
            for (int axis = 0; axis < count; axis++) {
                kept += dot(axes[axis], images[axis]) / whole;
            }
            orthonormalize(images);
            axes = images;
        } while (kept - before > ENOUGH);
        return new PrincipalAxes(axes, kept);
    }

    /** The share of the rows' squared length that lies along the axes. */
    double kept() {
        return kept;
    }

    /** A row in the coordinates of the axes, scaled to length 1. */
    float[] project(float[] row) {
        double[] coordinates = new double[axes.length];
        double square = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += axes[axis][i] * row[i];
            }
            coordinates[axis] = sum;
            square += sum * sum;
        }
        float[] projected = new float[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            projected[axis] = (float) (coordinates[axis] / Math.sqrt(square));
        }
        return projected;
    }

    private static double[][] secondMoment(Vectors rows) {
        int dimension = rows.dimension();
        double[][] moment = new double[dimension][dimension];
        float[] floats = new float[dimension];
        double[] row = new double[dimension];
        for (int r = 0; r < rows.size(); r++) {
            rows.read(r, floats, 0);
            for (int i = 0; i < dimension; i++) {
                row[i] = floats[i];
            }
            for (int i = 0; i < dimension; i++) {
                addScaled(moment[i], row, row[i]);
            }
        }
        return moment;
    }

    private static double[][] randomAxes(int count, int dimension) {
        Random random = new Random(SEED);
        double[][] axes = new double[count][dimension];
        for (double[] axis : axes) {
            for (int i = 0; i < dimension; i++) {
                axis[i] = random.nextGaussian();
            }
        }
        orthonormalize(axes);
        return axes;
    }

    /** The images of vectors under a symmetric matrix. */
    private static double[][] times(double[][] vectors, double[][] matrix) {
        double[][] images = new double[vectors.length][matrix.length];
        for (int v = 0; v < vectors.length; v++) {
            for (int i = 0; i < matrix.length; i++) {
                addScaled(images[v], matrix[i], vectors[v][i]);
            }
        }
        return images;
    }

    /** Gram and Schmidt's way, each vector against those before it. */
    private static void orthonormalize(double[][] vectors) {
        for (int v = 0; v < vectors.length; v++) {
            for (int earlier = 0; earlier < v; earlier++) {
                addScaled(vectors[v], vectors[earlier], -dot(vectors[v], vectors[earlier]));
            }
            double length = Math.sqrt(dot(vectors[v], vectors[v]));
            for (int i = 0; i < vectors[v].length; i++) {
                vectors[v][i] /= length;
            }
        }
    }

    private static void addScaled(double[] to, double[] vector, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * vector[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

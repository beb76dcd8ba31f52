package dev.kith.hnsw.graph;

import dev.kith.CorruptFileException;
import dev.kith.spi.IndexImage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What recall each effort reached on rows that were not in the graph yet, so that a search may ask for a recall instead of an
 * effort.
 *
 * @param curves by ascending k; none if the graph was too small to be measured
 */
public record Calibration(List<Curve> curves) {
    /** Nothing was measured. */
    public static final Calibration NONE = new Calibration(List.of());

    /** The name of the parameter of an image that holds the text form. */
    public static final String PARAMETER = "calibration";

    public Calibration {
        curves = List.copyOf(curves);
    }

    /**
     * The curve for one k.
     *
     * @param efforts ascending
     * @param recalls of the nearest k, one for each effort, not descending
     */
    public record Curve(int k, int[] efforts, double[] recalls) {
        public Curve {
            boolean ascending = k >= 1 && efforts.length > 0 && efforts.length == recalls.length;
            for (int i = 1; ascending && i < efforts.length; i++) {
                ascending = efforts[i - 1] < efforts[i] && recalls[i - 1] <= recalls[i];
            }
            if (!ascending
                    || efforts[0] < 1
                    || !(recalls[0] >= 0)
                    || !(recalls[recalls.length - 1] <= 1)) {
                throw new IllegalArgumentException("no curve: k " + k + ", efforts "
                        + Arrays.toString(efforts) + ", recalls " + Arrays.toString(recalls));
            }
        }

        /** The effort that reaches a recall; twice the greatest that was measured, if none did. */
        double effort(double recall) {
            int i = 0;
            while (i < efforts.length && recalls[i] < recall) {
                i++;
            }
            if (i == efforts.length) {
                return 2.0 * efforts[i - 1];
            }
            if (i == 0) {
                return efforts[0];
            }
            double share = (recall - recalls[i - 1]) / (recalls[i] - recalls[i - 1]);
            return efforts[i - 1] + share * (efforts[i] - efforts[i - 1]);
        }
    }

    /** Whether there is nothing to choose an effort by. */
    public boolean isEmpty() {
        return curves.isEmpty();
    }

    /** Whether some effort reached a recall of the nearest k, which must be one that was measured. */
    public boolean reaches(int k, double recall) {
        return curves.stream()
                .filter(curve -> curve.k() == k)
                .anyMatch(curve -> curve.recalls()[curve.recalls().length - 1] >= recall);
    }

    /** The effort for a recall of the nearest k: between the measured values of k in proportion, beyond them as k grows. */
    public int effort(int k, double recall) {
        int above = 0;
        while (above < curves.size() && curves.get(above).k() < k) {
            above++;
        }
        if (above == 0) {
            return ceiling(curves.getFirst().effort(recall));
        }
        Curve below = curves.get(above - 1);
        double lower = below.effort(recall);
        if (above == curves.size()) {
            return ceiling(lower * k / below.k());
        }
        Curve upper = curves.get(above);
        double share = (double) (k - below.k()) / (upper.k() - below.k());
        return ceiling(lower + share * (upper.effort(recall) - lower));
    }

    private static int ceiling(double effort) {
        return (int) Math.min(Math.ceil(effort), Integer.MAX_VALUE);
    }

    /**
     * What an image holds of it: {@link #NONE}, if it has no such parameter.
     *
     * @throws CorruptFileException if that parameter is no calibration
     */
    public static Calibration read(IndexImage image) throws CorruptFileException {
        String text = image.parameters().getOrDefault(PARAMETER, "");
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(image.name(), 64, "a calibration", text);
        }
    }

    /** {@code 10:12=0.9107,15=0.9411;100:...}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Curve curve : curves) {
            text.append(text.isEmpty() ? "" : ";").append(curve.k());
            for (int i = 0; i < curve.efforts().length; i++) {
                text.append(i == 0 ? ':' : ',')
                        .append(curve.efforts()[i])
                        .append('=')
                        .append(String.format(Locale.ROOT, "%.4f", curve.recalls()[i]));
            }
        }
        return text.toString();
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Calibration parse(String text) {
        List<Curve> curves = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("no curve: " + part);
            }
            String[] points = part.substring(colon + 1).split(",", -1);
            int[] efforts = new int[points.length];
            double[] recalls = new double[points.length];
            for (int i = 0; i < points.length; i++) {
                String[] point = points[i].split("=", -1);
                if (point.length != 2) {
                    throw new IllegalArgumentException("no point of a curve: " + points[i]);
                }
                efforts[i] = Integer.parseInt(point[0]);
                recalls[i] = Double.parseDouble(point[1]);
            }
            curves.add(new Curve(Integer.parseInt(part.substring(0, colon)), efforts, recalls));
        }
        return new Calibration(curves);
    }
}

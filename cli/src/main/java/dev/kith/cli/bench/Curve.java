package dev.kith.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The recall/QPS curve as an SVG drawing. Speed is logarithmic; recall is drawn by the logarithm of what is missing, -log10(1
 * - recall), because the step from .99 to .999 costs about as much as that from .9 to .99. Recall above .9999 is drawn at
 * the right edge.
 */
final class Curve {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 30;
    private static final int TOP = 20;
    private static final int BOTTOM = 50;
    private static final double NEARLY_ALL = 0.9999;
    private static final double[] RECALL_TICKS = {
        0, .5, .8, .9, .95, .98, .99, .995, .998, .999, NEARLY_ALL
    };

    private final StringBuilder svg = new StringBuilder();
    private final List<Measurement> rows;
    private final String effortName;
    private final double fromMissing;
    private final double toMissing;
    private final double fromSpeed;
    private final double toSpeed;

    Curve(BenchReport report) {
        this.rows = report.rows();
        this.effortName = report.effortName();
        double least = rows.stream().mapToDouble(Measurement::recall).min().orElse(0);
        double most = rows.stream().mapToDouble(Measurement::recall).max().orElse(1);
        this.fromMissing = missing(tickBelow(least));
        this.toMissing = missing(tickAbove(most));
        double slowest = rows.stream().mapToDouble(Measurement::qps).min().orElse(1);
        double fastest = rows.stream().mapToDouble(Measurement::qps).max().orElse(1);
        this.fromSpeed = step(Math.log10(slowest) - 0.05, false);
        this.toSpeed = step(Math.log10(fastest) + 0.05, true);
    }

    private static double missing(double recall) {
        return -Math.log10(1 - Math.min(recall, NEARLY_ALL));
    }

    private static double tickBelow(double recall) {
        double found = 0;
        for (double tick : RECALL_TICKS) {
            found = tick < Math.min(recall, NEARLY_ALL) ? tick : found;
        }
        return found;
    }

    private static double tickAbove(double recall) {
        for (double tick : RECALL_TICKS) {
            if (tick > recall) {
                return tick;
            }
        }
        return NEARLY_ALL;
    }

    /** The next 1, 2 or 5 times a power of ten, as a logarithm. */
    private static double step(double logarithm, boolean up) {
        double power = Math.floor(logarithm);
        double[] steps = {power, power + Math.log10(2), power + Math.log10(5), power + 1};
        double found = steps[0];
        for (double step : steps) {
            if (up && step >= logarithm) {
                return step;
            }
            found = step <= logarithm ? step : found;
        }
        return found;
    }

    private double x(double recall) {
        double share = (missing(recall) - fromMissing) / (toMissing - fromMissing);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double qps) {
        double share = (Math.log10(qps) - fromSpeed) / (toSpeed - fromSpeed);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    /** The drawing; its colours come from the page's style sheet. */
    String svg() {
        svg.append("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\""
                + " aria-label=\"Queries a second against recall\">\n");
        recallAxis();
        speedAxis();
        line();
        for (int i = 0; i < rows.size(); i++) {
            point(rows.get(i), i % 2 == 1);
        }
        return svg.append("</svg>\n").toString();
    }

    private void recallAxis() {
        for (double tick : RECALL_TICKS) {
            if (missing(tick) < fromMissing - 1e-9 || missing(tick) > toMissing + 1e-9) {
                continue;
            }
            rule(x(tick), TOP, x(tick), HEIGHT - BOTTOM);
            String label = tick == NEARLY_ALL ? "≥ " + tick : Double.toString(tick);
            text("middle", x(tick), HEIGHT - BOTTOM + 18, label);
        }
        text("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "recall");
    }

    private void speedAxis() {
        for (int power = (int) Math.floor(fromSpeed); power <= toSpeed; power++) {
            for (int factor : new int[] {1, 2, 5}) {
                double qps = factor * Math.pow(10, power);
                if (Math.log10(qps) < fromSpeed - 1e-9 || Math.log10(qps) > toSpeed + 1e-9) {
                    continue;
                }
                rule(LEFT, y(qps), WIDTH - RIGHT, y(qps));
                String format = qps < 1 ? "%.2f" : "%,.0f";
                text("end", LEFT - 8, y(qps) + 4, String.format(Locale.ROOT, format, qps));
            }
        }
        svg.append("<text class=\"tick\" text-anchor=\"middle\" transform=\"translate(14 "
                + (HEIGHT - BOTTOM + TOP) / 2
                + ") rotate(-90)\">queries/s, one thread</text>\n");
    }

    private void line() {
        svg.append(rows.stream()
                .map(row -> number(x(row.recall())) + "," + number(y(row.qps())))
                .collect(Collectors.joining(" ", "<polyline class=\"curve\" points=\"", "\"/>\n")));
    }

    private void point(Measurement row, boolean labelBelow) {
        double x = x(row.recall());
        double y = y(row.qps());
        svg.append("<circle class=\"point\" r=\"4\" cx=\"" + number(x) + "\" cy=\"" + number(y)
                + "\"><title>"
                + String.format(
                        Locale.ROOT,
                        "%s %d: recall %.4f, %,.0f queries/s, p99 %,.0f µs",
                        HtmlReport.escape(effortName),
                        row.effort(),
                        row.recall(),
                        row.qps(),
                        row.p99Micros())
                + "</title></circle>\n");
        boolean atEdge = x > WIDTH - RIGHT - 40;
        String label = row.effort() == 0 ? "default" : Integer.toString(row.effort());
        text(atEdge ? "end" : "start", atEdge ? x - 7 : x + 7, labelBelow ? y + 15 : y - 7, label);
    }

    private void rule(double fromX, double fromY, double toX, double toY) {
        svg.append("<line class=\"grid\" x1=\"" + number(fromX) + "\" y1=\"" + number(fromY)
                + "\" x2=\"" + number(toX) + "\" y2=\"" + number(toY) + "\"/>\n");
    }

    private void text(String anchor, double x, double y, String text) {
        svg.append("<text class=\"tick\" text-anchor=\"" + anchor + "\" x=\"" + number(x)
                + "\" y=\"" + number(y) + "\">" + text + "</text>\n");
    }

    private static String number(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}

package dev.kith.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as CSV (RFC 4180, with LF): one line per effort, each with every fact, so that files can be concatenated. */
public final class CsvReport {
    private CsvReport() {}

    /** The whole file. */
    public static String of(BenchReport report) {
        StringBuilder csv = new StringBuilder();
        List<String> header = new ArrayList<>(List.of(
                "effort",
                "recall",
                "qps",
                "qps_best",
                "p50_us",
                "p99_us",
                "busy",
                "distances",
                "hops"));
        header.addAll(report.facts().keySet());
        csv.append(line(header));
        for (Measurement row : report.rows()) {
            List<String> fields = new ArrayList<>();
            fields.add(Integer.toString(row.effort()));
            fields.add(number("%.5f", row.recall()));
            fields.add(number("%.1f", row.qps()));
            fields.add(number("%.1f", row.bestQps()));
            fields.add(number("%.2f", row.p50Micros()));
            fields.add(number("%.2f", row.p99Micros()));
            fields.add(number("%.2f", row.busy()));
            fields.add(number("%.1f", row.distances()));
            fields.add(number("%.1f", row.hops()));
            fields.addAll(report.facts().values());
            csv.append(line(fields));
        }
        return csv.toString();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String line(List<String> fields) {
        return fields.stream().map(CsvReport::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

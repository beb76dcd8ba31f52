package dev.kith.cli.bench;

import java.util.List;
import java.util.Locale;

/** The report as one page that needs nothing else: the curve drawn inline, light or dark as the reader's system is. */
public final class HtmlReport {
    /** Colours and type for both the light and the dark. */
    private static final String STYLE = """
            <style>
              :root { color-scheme: light dark; --ink: #1c1f23; --paper: #fcfcfa; --quiet: #63686f;
                --rule: #dfe1e4; --curve: #0b63b5; }
              @media (prefers-color-scheme: dark) { :root { --ink: #e4e6e9; --paper: #17191c;
                --quiet: #9aa0a8; --rule: #34383e; --curve: #6cb4f5; } }
              body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
                max-width: 820px; margin: 2rem auto; padding: 0 1rem; }
              h1 { font-size: 1.3rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
              h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
              svg { width: 100%; height: auto; display: block; }
              .grid { stroke: var(--rule); stroke-width: 1; }
              .tick { fill: var(--quiet); font-size: 12px; }
              .curve { fill: none; stroke: var(--curve); stroke-width: 2; }
              .point { fill: var(--curve); stroke: var(--paper); stroke-width: 1.5; }
              .wide { overflow-x: auto; }
              table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
              th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--rule); text-align: right; }
              th { color: var(--quiet); font-weight: 600; }
              .facts th, .facts td, dt, dd { text-align: left; vertical-align: top; }
              .facts td { overflow-wrap: anywhere; }
              .facts th { white-space: nowrap; }
              dt { font-weight: 600; } dd { margin: 0 0 .4rem; color: var(--quiet); }
            </style>
            """;

    private HtmlReport() {}

    /** The whole page. */
    public static String of(BenchReport report) {
        StringBuilder page = new StringBuilder(
                        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>" + escape(report.title()) + "</title>\n")
                .append(STYLE)
                .append("<h1>" + escape(report.title()) + "</h1>\n");
        page.append(new Curve(report).svg());
        measurements(page, report);
        facts(page, report);
        definitions(page);
        return page.append("</html>\n").toString();
    }

    private static void measurements(StringBuilder page, BenchReport report) {
        page.append("<h2>Measurements</h2>\n<div class=\"wide\"><table>\n<tr>");
        for (String column : List.of(
                report.effortName(),
                "recall",
                "qps",
                "qps_best",
                "p50 µs",
                "p99 µs",
                "busy",
                "distances",
                "hops")) {
            page.append("<th>").append(escape(column)).append("</th>");
        }
        page.append("</tr>\n");
        for (Measurement row : report.rows()) {
            page.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td>%.4f</td><td>%,.0f</td><td>%,.0f</td><td>%,.1f</td>"
                            + "<td>%,.1f</td><td>%.2f</td><td>%,.0f</td><td>%,.0f</td></tr>%n",
                    row.effort() == 0 ? "default" : row.effort(),
                    row.recall(),
                    row.qps(),
                    row.bestQps(),
                    row.p50Micros(),
                    row.p99Micros(),
                    row.busy(),
                    row.distances(),
                    row.hops()));
        }
        page.append("</table></div>\n");
    }

    private static void facts(StringBuilder page, BenchReport report) {
        page.append("<h2>What was measured, on what</h2>\n<table class=\"facts\">\n");
        report.facts()
                .forEach((name, value) -> page.append("<tr><th>")
                        .append(escape(name.replace('_', ' ')))
                        .append("</th><td>")
                        .append(escape(value))
                        .append("</td></tr>\n"));
        page.append("</table>\n");
    }

    private static void definitions(StringBuilder page) {
        page.append("<h2>How each figure comes about</h2>\n<dl>\n");
        for (String name : List.of("recall", "qps", "qps_best", "p50", "p99", "busy")) {
            page.append("<dt>")
                    .append(name)
                    .append("</dt><dd>")
                    .append(escape(String.valueOf(BenchReport.DEFINITIONS.get(name))))
                    .append(".</dd>\n");
        }
        page.append("</dl>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package dev.kith.retrieval.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one page that needs nothing else: bars drawn inline, tables that sort at a click on their heads. */
final class HtmlReport {
    /** As many queries as a page shows of each system: those that differ most. */
    private static final int QUERIES = 500;

    private static final double BAR = 60;

    /** Colours and type for both the light and the dark. */
    private static final String STYLE = """
            <style>
              :root { color-scheme: light dark; --ink: #1c1f23; --paper: #fcfcfa; --quiet: #63686f;
                --rule: #dfe1e4; --bar: #0b63b5; --up: #1a7f37; --down: #b42318; }
              @media (prefers-color-scheme: dark) { :root { --ink: #e4e6e9; --paper: #17191c;
                --quiet: #9aa0a8; --rule: #34383e; --bar: #6cb4f5; --up: #5bd37a; --down: #ff8a80; } }
              body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
                max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
              h1 { font-size: 1.3rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
              h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
              p { color: var(--quiet); margin: .3rem 0; }
              .wide { overflow-x: auto; }
              table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
              th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--rule); text-align: right;
                white-space: nowrap; }
              th { color: var(--quiet); font-weight: 600; }
              th button { all: unset; cursor: pointer; } th button:focus-visible { outline: 2px solid var(--bar); }
              th[aria-sort=ascending] button::after { content: " \\2191"; }
              th[aria-sort=descending] button::after { content: " \\2193"; }
              .text { text-align: left; } td.text { white-space: normal; overflow-wrap: anywhere; }
              svg { display: block; margin-left: auto; } rect { fill: var(--bar); }
              .up { color: var(--up); } .down { color: var(--down); }
              svg.up rect { fill: var(--up); } svg.down rect { fill: var(--down); }
              summary { cursor: pointer; margin: .4rem 0; }
            </style>
            """;

    private static final String SCRIPT = """
            <script>
              document.querySelectorAll("th button").forEach(button => button.onclick = () => {
                const head = button.parentNode, body = head.closest("table").tBodies[0];
                const down = head.getAttribute("aria-sort") !== "descending";
                const value = row => row.cells[head.cellIndex].dataset.value ?? row.cells[head.cellIndex].textContent;
                const compare = (a, b) => isNaN(a) || isNaN(b) ? a.localeCompare(b) : a - b;
                [...body.rows].sort((a, b) => compare(value(a), value(b)) * (down ? -1 : 1))
                  .forEach(row => body.append(row));
                for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
                head.setAttribute("aria-sort", down ? "descending" : "ascending");
              });
            </script>
            """;

    private final EvaluationReport report;
    private final StringBuilder page = new StringBuilder();

    HtmlReport(EvaluationReport report) {
        this.report = report;
    }

    String page() {
        page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>" + escape(report.title()) + "</title>\n")
                .append(STYLE)
                .append("<h1>" + escape(report.title()) + "</h1>\n");
        report.settings().forEach(this::setting);
        return page.append(SCRIPT).append("</html>\n").toString();
    }

    private void setting(EvaluationReport.Setting setting) {
        page.append("<h2>" + escape(TextReport.facts(setting)) + "</h2>\n");
        measures(setting.comparison());
        latencies(setting.trials());
        if (setting.comparison().scores().size() > 1) {
            differences(setting.comparison());
            queries(setting.comparison());
        }
    }

    private void measures(Comparison comparison) {
        Map<String, Map<Measure, String>> marks = TextReport.marks(comparison);
        head(
                List.of("system"),
                comparison.measures().stream().map(Measure::name).toList());
        for (Scores system : comparison.scores()) {
            page.append("<tr>").append(text(system.name()));
            for (Measure measure : comparison.measures()) {
                double mean = system.mean(measure);
                String mark = marks.getOrDefault(system.name(), Map.of()).getOrDefault(measure, "");
                page.append(cell(mean, TextReport.four(mean) + mark + bar(mean, mark), mark));
            }
            page.append("</tr>\n");
        }
        foot();
        if (comparison.scores().size() > 1) {
            page.append("<p>" + escape(TextReport.legend(comparison)) + "</p>\n");
        }
    }

    private void latencies(List<Trial> trials) {
        List<Trial.Stage> stages = TextReport.stages(trials);
        if (stages.isEmpty()) {
            return;
        }
        page.append("<h3>Milliseconds a query</h3>\n");
        List<String> columns = new ArrayList<>();
        for (Trial.Stage stage : stages) {
            for (String percentile : List.of(" p50", " p95", " p99")) {
                columns.add(stage.name().toLowerCase(Locale.ROOT) + percentile);
            }
        }
        head(List.of("system"), columns);
        for (Trial trial : trials) {
            page.append("<tr>").append(text(trial.run().name()));
            for (Trial.Stage stage : stages) {
                Trial.Latency latency = trial.latencies().get(stage);
                if (latency == null) {
                    page.append("<td data-value=\"0\"></td>".repeat(3));
                } else {
                    for (var each : List.of(latency.p50(), latency.p95(), latency.p99())) {
                        page.append(cell(each.toNanos() / 1e6, TextReport.millis(each), ""));
                    }
                }
            }
            page.append("</tr>\n");
        }
        foot();
        page.append("<p>total: " + TextReport.TOTAL + "</p>\n");
    }

    private void differences(Comparison comparison) {
        page.append("<h3>Against " + escape(comparison.baseline().name()) + "</h3>\n");
        head(
                List.of("system", "measure"),
                List.of(
                        "difference",
                        "95 % from",
                        "to",
                        "p",
                        "p corrected",
                        "p of t-test",
                        "better",
                        "worse"));
        for (Measure measure : comparison.measures()) {
            for (Comparison.Difference each : comparison.differences(measure)) {
                page.append("<tr>").append(text(each.name())).append(text(measure.name()));
                String mark = !each.significant() ? "" : each.difference() > 0 ? "+" : "-";
                page.append(cell(each.difference(), signed(each.difference()), mark));
                for (double bound :
                        List.of(each.interval().low(), each.interval().high())) {
                    page.append(cell(bound, signed(bound), ""));
                }
                for (double p : List.of(each.p(), each.corrected(), each.tTest())) {
                    page.append(cell(p, TextReport.four(p), ""));
                }
                page.append(cell(each.better(), String.valueOf(each.better()), ""));
                page.append(cell(each.worse(), String.valueOf(each.worse()), ""));
                page.append("</tr>\n");
            }
        }
        foot();
    }

    private void queries(Comparison comparison) {
        Measure measure = comparison.measures().getFirst();
        page.append("<h3>Query by query, by " + escape(measure.name()) + "</h3>\n");
        for (Scores system : comparison.scores()) {
            if (!system.name().equals(comparison.baseline().name())) {
                queries(comparison, system.name(), measure);
            }
        }
    }

    private void queries(Comparison comparison, String system, Measure measure) {
        List<Comparison.QueryDifference> differing =
                comparison.queryDifferences(system, measure).stream()
                        .filter(query -> query.difference() != 0)
                        .toList();
        List<Comparison.QueryDifference> shown = differing.stream()
                .sorted(Comparator.comparingDouble(query -> -Math.abs(query.difference())))
                .limit(QUERIES)
                .sorted(Comparator.comparingDouble(Comparison.QueryDifference::difference))
                .toList();
        page.append("<details><summary>" + escape(system) + ": " + differing.size()
                + " queries differ from " + escape(comparison.baseline().name())
                + (shown.size() < differing.size()
                        ? ", the " + shown.size() + " that differ most"
                        : "")
                + "</summary>\n");
        head(
                List.of("query", "text"),
                List.of(comparison.baseline().name(), system, "difference", ""));
        for (Comparison.QueryDifference query : shown) {
            String mark = query.difference() > 0 ? "+" : "-";
            page.append("<tr>")
                    .append(text(query.query()))
                    .append(text(report.queries().getOrDefault(query.query(), "")))
                    .append(cell(query.baseline(), TextReport.four(query.baseline()), ""))
                    .append(cell(query.value(), TextReport.four(query.value()), ""))
                    .append(cell(query.difference(), signed(query.difference()), mark))
                    .append(cell(query.difference(), bar(Math.abs(query.difference()), mark), ""))
                    .append("</tr>\n");
        }
        foot();
        page.append("</details>\n");
    }

    private void head(List<String> texts, List<String> numbers) {
        page.append("<div class=\"wide\"><table>\n<thead><tr>");
        texts.forEach(name ->
                page.append("<th class=\"text\"><button>" + escape(name) + "</button></th>"));
        numbers.forEach(name -> page.append("<th><button>" + escape(name) + "</button></th>"));
        page.append("</tr></thead>\n<tbody>\n");
    }

    private void foot() {
        page.append("</tbody></table></div>\n");
    }

    private static String text(String text) {
        return "<td class=\"text\">" + escape(text) + "</td>";
    }

    private static String cell(double value, String shown, String mark) {
        return "<td data-value=\"" + value + "\"" + colour(mark) + ">" + shown + "</td>";
    }

    private static String bar(double share, String mark) {
        return String.format(
                Locale.ROOT,
                "<svg width=\"%.0f\" height=\"6\" aria-hidden=\"true\"%s><rect width=\"%.1f\" height=\"6\"/></svg>",
                BAR,
                colour(mark),
                BAR * share);
    }

    private static String colour(String mark) {
        return switch (mark) {
            case "+" -> " class=\"up\"";
            case "-" -> " class=\"down\"";
            default -> "";
        };
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }

    /** Text of unknown origin; control characters, which HTML forbids, become U+FFFD. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\p{Cntrl}&&[^\\t\\r\\n]]", "\uFFFD");
    }
}

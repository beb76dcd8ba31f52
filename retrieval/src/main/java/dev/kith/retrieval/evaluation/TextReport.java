package dev.kith.retrieval.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for a terminal: aligned columns, one line a system. */
final class TextReport {
    static final String TOTAL =
            "the whole search, reading what it found included, without embedding the question";

    private final StringBuilder out = new StringBuilder();

    private TextReport() {}

    static String of(EvaluationReport report) {
        TextReport text = new TextReport();
        text.out.append(report.title()).append('\n');
        report.settings().forEach(text::setting);
        return text.out.toString();
    }

    private void setting(EvaluationReport.Setting setting) {
        out.append('\n').append(facts(setting)).append('\n');
        measures(setting.comparison());
        latencies(setting.trials());
    }

    static String facts(EvaluationReport.Setting setting) {
        EvaluationReport.Ingested ingested = setting.ingested();
        if (ingested == null) {
            return setting.name();
        }
        String facts = String.format(
                Locale.ROOT,
                "%s: %,d passages, %,d tokens dropped, ingested in %.1f s",
                setting.name(),
                ingested.chunks(),
                ingested.droppedTokens(),
                ingested.took().toMillis() / 1e3);
        return ingested.failures().isEmpty()
                ? facts
                : facts + ", " + ingested.failures().size()
                        + " documents could not be ingested, the first: "
                        + ingested.failures().getFirst().documentId() + ": "
                        + ingested.failures().getFirst().reason();
    }

    private void measures(Comparison comparison) {
        List<String[]> rows = new ArrayList<>();
        List<Measure> measures = comparison.measures();
        rows.add(row("", measures.stream().map(measure -> measure.name() + " ").toList()));
        Map<String, Map<Measure, String>> marks = marks(comparison);
        for (Scores system : comparison.scores()) {
            rows.add(row(
                    system.name(),
                    measures.stream()
                            .map(measure -> four(system.mean(measure))
                                    + marks.getOrDefault(system.name(), Map.of())
                                            .getOrDefault(measure, " "))
                            .toList()));
        }
        print(rows);
        int others = comparison.scores().size() - 1;
        if (others > 0) {
            out.append(legend(comparison)).append('\n');
        }
    }

    static String legend(Comparison comparison) {
        return "+ better, - worse than " + comparison.baseline().name()
                + ": p < 0.05, paired randomisation test on "
                + comparison.baseline().queries().size() + " queries, Holm's correction";
    }

    /** By system and measure, what differs significantly from the baseline. */
    static Map<String, Map<Measure, String>> marks(Comparison comparison) {
        Map<String, Map<Measure, String>> marks = new LinkedHashMap<>();
        for (Measure measure : comparison.measures()) {
            for (Comparison.Difference difference : comparison.differences(measure)) {
                if (difference.significant()) {
                    marks.computeIfAbsent(difference.name(), name -> new LinkedHashMap<>())
                            .put(measure, difference.difference() > 0 ? "+" : "-");
                }
            }
        }
        return marks;
    }

    private void latencies(List<Trial> trials) {
        List<Trial.Stage> stages = stages(trials);
        if (stages.isEmpty()) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("p50", "p95", "p99"));
        stages.stream()
                .filter(stage -> stage != Trial.Stage.TOTAL)
                .forEach(stage -> header.add(stage.name().toLowerCase(Locale.ROOT)));
        rows.add(row("milliseconds a query", header));
        for (Trial trial : trials) {
            Trial.Latency total = trial.latencies().get(Trial.Stage.TOTAL);
            List<String> cells = new ArrayList<>();
            if (total != null) {
                cells.addAll(
                        List.of(millis(total.p50()), millis(total.p95()), millis(total.p99())));
            } else {
                cells.addAll(List.of("", "", ""));
            }
            for (Trial.Stage stage : stages) {
                Trial.Latency latency = trial.latencies().get(stage);
                if (stage != Trial.Stage.TOTAL) {
                    cells.add(latency == null ? "" : millis(latency.p50()));
                }
            }
            rows.add(row(trial.run().name(), cells));
        }
        out.append('\n');
        print(rows);
        out.append("p50, p95, p99: ").append(TOTAL).append("; stages: medians\n");
    }

    /** The stages that any of the trials ran. */
    static List<Trial.Stage> stages(List<Trial> trials) {
        return Arrays.stream(Trial.Stage.values())
                .filter(stage ->
                        trials.stream().anyMatch(trial -> trial.latencies().containsKey(stage)))
                .toList();
    }

    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
    }

    /** Four decimals as C prints them, and so trec_eval: of an exact half, to the even digit. */
    static String four(double value) {
        return new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String[] row(String name, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(cells);
        return row.toArray(String[]::new);
    }

    /** The first column to the left, the others to the right. */
    private void print(List<String[]> rows) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
        }
        for (String[] row : rows) {
            StringBuilder line =
                    new StringBuilder(row[0]).append(" ".repeat(widths[0] - row[0].length()));
            for (int i = 1; i < row.length; i++) {
                line.append("  ")
                        .append(" ".repeat(widths[i] - row[i].length()))
                        .append(row[i]);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }
}

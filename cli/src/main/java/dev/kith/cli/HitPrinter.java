package dev.kith.cli;

import dev.kith.retrieval.Explained;
import dev.kith.retrieval.Explanation;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.Results;
import dev.kith.retrieval.Signals;
import dev.kith.retrieval.Signals.Signal;
import dev.kith.text.Format;
import dev.kith.text.Span;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Shows hits to people: where each stands, why, and the passage. */
final class HitPrinter {
    private static final String INDENT = "   ";
    private final Terminal terminal;
    private final int maxLines;

    /** @param maxLines how many lines of a passage are shown */
    HitPrinter(Terminal terminal, int maxLines) {
        this.terminal = terminal;
        this.maxLines = maxLines;
    }

    /** All hits, a blank line between two. */
    void print(List<Hit> hits) {
        print(hits, List.of());
    }

    /** All hits, each with what its score is made of if the answer says so. */
    void print(Explained answer) {
        print(answer.results().hits(), answer.hits());
    }

    private void print(List<Hit> hits, List<Explanation> explanations) {
        for (int i = 0; i < hits.size(); i++) {
            if (i > 0) {
                terminal.out().println();
            }
            print(i + 1, hits.get(i), i < explanations.size() ? explanations.get(i) : null);
        }
    }

    private void print(int rank, Hit hit, @Nullable Explanation explanation) {
        String where = rank + ". " + Text.printable(hit.documentId());
        String headings = Text.printable(String.join(" > ", hit.headings()));
        terminal.out()
                .println(terminal.bold(where) + (headings.isEmpty() ? "" : "  " + headings) + "  ["
                        + hit.span().start() + ", " + hit.span().end() + ")" + found(hit));
        terminal.out()
                .println(INDENT + "score %.4f".formatted(hit.score()) + signals(hit.signals()));
        if (explanation != null) {
            ExplanationPrinter.lines(explanation)
                    .forEach(line -> terminal.out().println(INDENT + line));
        }
        List<String> lines = passage(hit).lines().toList();
        for (String line : lines.subList(0, Math.min(maxLines, lines.size()))) {
            terminal.out().println((INDENT + "| " + Text.printable(line)).stripTrailing());
        }
        if (lines.size() > maxLines) {
            terminal.out().println(INDENT + "| ...");
        }
    }

    /** Where in a widened passage something was found. */
    private static String found(Hit hit) {
        StringJoiner places = new StringJoiner(", ", "  found at ", "").setEmptyValue("");
        for (Span span : hit.found()) {
            if (!span.equals(hit.span())) {
                places.add("[" + span.start() + ", " + span.end() + ")");
            }
        }
        return places.toString();
    }

    /** The passage as it is written; of HTML what a reader sees. */
    private static String passage(Hit hit) {
        boolean html = Format.HTML
                        .name()
                        .equalsIgnoreCase(String.valueOf(hit.metadata().get("format")))
                || String.valueOf(hit.metadata().get("extension")).matches("x?html?");
        return html ? hit.content() : hit.text();
    }

    private static String signals(Signals signals) {
        StringJoiner parts = new StringJoiner("  ", "  ", "").setEmptyValue("");
        add(parts, "dense", signals.dense());
        add(parts, "BM25", signals.sparse());
        add(parts, "fused", signals.fused());
        add(parts, "reranked", signals.rerank());
        return parts.toString();
    }

    private static void add(StringJoiner parts, String name, @Nullable Signal signal) {
        if (signal != null) {
            parts.add(
                    String.format(Locale.ROOT, "%s %.4f (#%d)", name, signal.raw(), signal.rank()));
        }
    }

    /** What the stages took, those that ran. */
    static String timings(Results.Timings timings) {
        StringJoiner stages = new StringJoiner(", ");
        add(stages, "embed question", timings.embed());
        add(stages, "dense", timings.dense());
        add(stages, "BM25", timings.sparse());
        add(stages, "fusion", timings.fusion());
        add(stages, "rerank", timings.rerank());
        add(stages, "total", timings.total());
        return stages.toString();
    }

    private static void add(StringJoiner stages, String name, Duration time) {
        if (!time.isZero()) {
            stages.add(name + " " + Text.duration(time.toNanos()));
        }
    }
}

package dev.kith.retrieval;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How long the stages of one search took. */
final class Stopwatch {
    enum Stage {
        STEPS,
        EMBED,
        DENSE,
        SPARSE,
        FUSION,
        RERANK
    }

    private final Map<Stage, Duration> spent = new EnumMap<>(Stage.class);
    private final long start = System.nanoTime();
    private long lap = start;

    /** A stage begins now. */
    void begin() {
        lap = System.nanoTime();
    }

    /** The stage that began last ends now; a stage may run several times. */
    void end(Stage stage) {
        spent.merge(stage, Duration.ofNanos(System.nanoTime() - lap), Duration::plus);
    }

    Results.Timings timings() {
        return new Results.Timings(
                of(Stage.STEPS),
                of(Stage.EMBED),
                of(Stage.DENSE),
                of(Stage.SPARSE),
                of(Stage.FUSION),
                of(Stage.RERANK),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private Duration of(Stage stage) {
        return spent.getOrDefault(stage, Duration.ZERO);
    }
}

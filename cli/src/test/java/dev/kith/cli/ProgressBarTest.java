package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter err = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    private ProgressBar bar(boolean terminal) {
        PrintWriter writer = new PrintWriter(err);
        return new ProgressBar(new Terminal(writer, writer, terminal, terminal, 80), now::get);
    }

    @Test
    void redrawsOneLineWithRateAndTimeLeftOnATerminal() {
        try (ProgressBar bar = bar(true)) {
            bar.update("embed", 0, 1000);
            now.set(10 * SECOND);
            bar.update("embed", 250, 1000);
        }
        assertThat(err.toString())
                .contains("\rembed [#######.......................] 250/1,000  25/s  ETA 0:30")
                .endsWith(System.lineSeparator());
        assertThat(err.toString().lines()).allMatch(line -> line.length() < 2 * 80);
    }

    @Test
    void doesNotRedrawMoreThanTenTimesASecond() {
        try (ProgressBar bar = bar(true)) {
            for (int i = 0; i < 1000; i++) {
                now.set(i * SECOND / 1000);
                bar.update("link", i, 1_000_000);
            }
        }
        assertThat(err.toString().chars().filter(c -> c == '\r').count()).isBetween(5L, 10L);
    }

    @Test
    void printsPlainLinesWhenNobodyWatches() {
        try (ProgressBar bar = bar(false)) {
            for (int i = 0; i <= 100; i++) {
                now.set(i * SECOND);
                bar.update("embed", i, 100);
            }
        }
        assertThat(err.toString()).doesNotContain("\r").doesNotContain("#");
        assertThat(err.toString().lines().toList())
                .hasSize(10)
                .first()
                .isEqualTo("kith: embed: 10/100  1.0/s  ETA 1:30");
        assertThat(err.toString()).endsWith("100/100  1.0/s  in 1:40" + System.lineSeparator());
    }

    @Test
    void showsWorkOfUnknownExtent() {
        try (ProgressBar bar = bar(true)) {
            bar.update("read", 1, -1);
            now.set(SECOND);
            bar.update("read", 2345, -1);
        }
        assertThat(err.toString()).contains("read 2,345  2,345/s");
    }

    @Test
    void startsALineForEachStage() {
        try (ProgressBar bar = bar(true)) {
            bar.update("first", 1, 1);
            bar.update("second", 1, 1);
        }
        assertThat(err.toString().chars().filter(c -> c == '\n').count()).isEqualTo(2);
    }
}

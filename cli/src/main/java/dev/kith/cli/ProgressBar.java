package dev.kith.cli;

import dev.kith.Progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far long work is: on a terminal one line that is redrawn, with rate and time left; elsewhere a plain line per
 * stage and every ten seconds, so that logs stay readable. Safe for any number of threads.
 */
final class ProgressBar implements Progress, AutoCloseable {
    private static final long REDRAW = 100_000_000L;
    private static final long NEXT_LINE = 10_000_000_000L;

    private final PrintWriter err;
    private final boolean redraws;
    private final int columns;
    private final LongSupplier nanoTime;

    private String stage = "";
    private long stageStart;
    private long shownAt;
    private int shownColumns;
    private boolean stageShown;

    ProgressBar(Terminal terminal) {
        this(terminal, System::nanoTime);
    }

    ProgressBar(Terminal terminal, LongSupplier nanoTime) {
        this.err = terminal.err();
        this.redraws = terminal.errIsTerminal();
        this.columns = terminal.columns();
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void update(String stage, long done, long total) {
        long now = nanoTime.getAsLong();
        if (!stage.equals(this.stage)) {
            finishStage();
            this.stage = stage;
            stageStart = now;
            shownAt = now - (redraws ? REDRAW : 0);
            stageShown = false;
        }
        boolean complete = total >= 0 && done >= total;
        boolean due = now - shownAt >= (redraws ? REDRAW : NEXT_LINE);
        if (due || (complete && !stageShown)) {
            show(done, total, now);
            shownAt = now;
            stageShown = complete;
        }
    }

    private void show(long done, long total, long now) {
        double seconds = (now - stageStart) / 1e9;
        if (redraws) {
            String line = line(done, total, seconds);
            err.print('\r' + line + " ".repeat(Math.max(0, shownColumns - line.length())));
            shownColumns = line.length();
        } else {
            err.println("kith: " + stage + ": " + numbers(done, total, seconds));
        }
        err.flush();
    }

    private String line(long done, long total, double seconds) {
        String numbers = numbers(done, total, seconds);
        int room = columns - stage.length() - numbers.length() - 5;
        String bar = "";
        if (total > 0 && room >= 10) {
            int width = Math.min(room, 30);
            int full = (int) (width * Math.min(done, total) / total);
            bar = "[" + "#".repeat(full) + ".".repeat(width - full) + "] ";
        }
        String line = stage + " " + bar + numbers;
        return line.length() < columns ? line : line.substring(0, columns - 1);
    }

    private static String numbers(long done, long total, double seconds) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%,d", done));
        if (total >= 0) {
            text.append(String.format(Locale.ROOT, "/%,d", total));
        }
        double rate = seconds > 0 ? done / seconds : 0;
        if (rate > 0) {
            text.append(String.format(Locale.ROOT, rate < 10 ? "  %.1f/s" : "  %,.0f/s", rate));
        }
        boolean complete = total >= 0 && done >= total;
        if (complete) {
            text.append("  in ").append(clock(seconds));
        } else if (total > 0 && rate > 0) {
            text.append("  ETA ").append(clock((total - done) / rate));
        }
        return text.toString();
    }

    private static String clock(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        time.toHours(),
                        time.toMinutesPart(),
                        time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutesPart(), time.toSecondsPart());
    }

    /** Ends the line that is being redrawn, so that what follows starts on a line of its own. */
    private void finishStage() {
        if (shownColumns > 0) {
            err.println();
            err.flush();
            shownColumns = 0;
        }
    }

    @Override
    public synchronized void close() {
        finishStage();
        stage = "";
    }
}

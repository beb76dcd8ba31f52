package dev.kith.cli;

import java.util.Locale;

/** How numbers look to people: never by the machine's locale, so that output is the same everywhere. */
final class Text {
    private Text() {}

    /** With thousands separated: {@code 12,345}. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Bytes with a unit: {@code 1.4 MiB}. */
    static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** Milliseconds or seconds, whichever reads better. */
    static String duration(long nanos) {
        return nanos < 1e9
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /** One and many: {@code 1 file}, {@code 2 files}. */
    static String count(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    /** Text of unknown origin for a person's eyes: control characters, which could command a terminal, are replaced. */
    static String printable(String text) {
        return text.replace('\t', ' ').replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}

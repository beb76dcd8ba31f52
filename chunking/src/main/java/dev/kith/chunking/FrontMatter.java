package dev.kith.chunking;

import org.jspecify.annotations.Nullable;

/**
 * The settings that many tools allow before a Markdown text: YAML between lines of {@code ---}, or TOML between lines of
 * {@code +++}, from the very first line.
 *
 * @param end where the text itself begins; 0 without front matter
 * @param title the value of its {@code title}, or null
 */
record FrontMatter(int end, @Nullable String title) {
    private static final FrontMatter NONE = new FrontMatter(0, null);

    static FrontMatter of(String text) {
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        int at = lineEnd(text, start);
        String fence = text.substring(start, at).stripTrailing();
        if (!fence.equals("---") && !fence.equals("+++")) {
            return NONE;
        }
        String title = null;
        while (at < text.length()) {
            int lineStart = at;
            at = lineEnd(text, lineStart);
            String line = text.substring(lineStart, at).stripTrailing();
            if (line.equals(fence) || (line.equals("...") && fence.equals("---"))) {
                return new FrontMatter(at, title);
            }
            if (title == null) {
                title = title(line);
            }
        }
        return NONE;
    }

    /** Behind the line's end. */
    private static int lineEnd(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        boolean pair = text.startsWith("\r\n", at);
        return Math.min(text.length(), at + (pair ? 2 : 1));
    }

    /** What a line says the title is, or null if it says nothing of it. */
    private static @Nullable String title(String line) {
        if (!line.startsWith("title")) {
            return null;
        }
        String setting = line.substring("title".length()).stripLeading();
        boolean set = setting.startsWith(":") || setting.startsWith("=");
        return set ? unquote(setting.substring(1).strip()) : null;
    }

    private static String unquote(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}

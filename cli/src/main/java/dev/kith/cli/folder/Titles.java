package dev.kith.cli.folder;

import dev.kith.text.Format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document's title: what its text says first, or else its file's name. */
final class Titles {
    /** A title is looked for in the beginning only. */
    private static final int REACH = 1 << 16;

    private static final int LONGEST = 200;
    private static final Pattern MARKDOWN =
            Pattern.compile("(?m)^ {0,3}#[ \\t]+(.+?)[ \\t]*#*[ \\t]*$");
    private static final Pattern HTML =
            Pattern.compile("(?is)<(title|h1)\\b[^>]*>(.{0,1000}?)</\\1\\s*>");

    private Titles() {}

    static String of(String text, Format format, String fileName) {
        String beginning = text.substring(0, Math.min(REACH, text.length()));
        String found = switch (format) {
            case MARKDOWN -> first(MARKDOWN.matcher(beginning), 1);
            case HTML ->
                first(HTML.matcher(beginning), 2)
                        .replaceAll("<[^>]*>", "")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&");
            case PLAIN, CODE -> "";
        };
        String title = found.replaceAll("\\s+", " ").strip();
        return title.isEmpty() || title.length() > LONGEST ? fileName : title;
    }

    private static String first(Matcher matcher, int group) {
        return matcher.find() ? matcher.group(group) : "";
    }
}

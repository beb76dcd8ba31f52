package dev.kith.chunking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The CommonMark specification 0.30: a long Markdown text, and hundreds of examples of what it says. */
final class CommonMarkSpec {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^`{32} example$\\n(.*?)^\\.$.*?^`{32}$");

    private CommonMarkSpec() {}

    static String text() {
        try (InputStream in =
                Objects.requireNonNull(ClassLoader.getSystemResourceAsStream("spec.0.30.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Markdown of each example; arrows stand for tabs. */
    static List<String> examples() {
        return EXAMPLE.matcher(text())
                .results()
                .map(example -> example.group(1).replace('\u2192', '\t'))
                .toList();
    }
}

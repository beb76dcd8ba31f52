package dev.kith.cli.folder;

import dev.kith.text.Format;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder are taken. Without {@code include} those with the extension of a known format; with it those that
 * match one of its globs, plain text unless the extension says otherwise. Hidden files need to be included by name.
 *
 * @param include globs over paths relative to the folder, {@code **}{@code /NOTES}; a glob without a slash is matched with
 *     the file's name alone
 * @param exclude globs of files and folders that are left out, whatever else matches
 */
public record Selection(List<Glob> include, List<Glob> exclude) {
    /** Every file of a known format. */
    public static final Selection ALL = new Selection(List.of(), List.of());

    private static final Map<String, Format> FORMATS = Map.ofEntries(
            Map.entry("md", Format.MARKDOWN),
            Map.entry("markdown", Format.MARKDOWN),
            Map.entry("html", Format.HTML),
            Map.entry("htm", Format.HTML),
            Map.entry("xhtml", Format.HTML),
            Map.entry("txt", Format.PLAIN),
            Map.entry("text", Format.PLAIN),
            Map.entry("rst", Format.PLAIN),
            Map.entry("adoc", Format.PLAIN),
            Map.entry("asciidoc", Format.PLAIN),
            Map.entry("org", Format.PLAIN));

    /** Extensions of source code, which is taken only where it is included. */
    private static final Set<String> CODE = Set.of(
            "java", "kt", "kts", "scala", "groovy", "py", "rb", "js", "mjs", "ts", "jsx", "tsx",
            "go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "m", "swift", "php", "pl", "lua", "r",
            "jl", "sh", "sql", "css", "gradle", "ex", "exs", "erl", "hs", "clj", "dart", "zig");

    /** A pattern for paths, in the syntax of {@link java.nio.file.FileSystem#getPathMatcher}. */
    public static final class Glob {
        private final PathMatcher matcher;
        private final boolean nameOnly;

        private Glob(PathMatcher matcher, boolean nameOnly) {
            this.matcher = matcher;
            this.nameOnly = nameOnly;
        }

        /**
         * Reads a pattern.
         *
         * @throws IllegalArgumentException if it is malformed
         */
        public static Glob of(String pattern) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return new Glob(matcher, !pattern.contains("/"));
        }

        boolean matches(Path relative) {
            return matcher.matches(nameOnly ? relative.getFileName() : relative);
        }
    }

    boolean takes(Path relative) {
        if (matchesAny(exclude, relative)) {
            return false;
        }
        boolean hidden = relative.getFileName().toString().startsWith(".");
        return include.isEmpty()
                ? !hidden && format(extension(relative)) != null
                : matchesAny(include, relative);
    }

    boolean excludes(Path relative) {
        return matchesAny(exclude, relative);
    }

    private static boolean matchesAny(List<Glob> globs, Path relative) {
        return globs.stream().anyMatch(glob -> glob.matches(relative));
    }

    /** What a file that is taken is read as. */
    static Format formatOf(String extension) {
        Format known = format(extension);
        return known != null ? known : CODE.contains(extension) ? Format.CODE : Format.PLAIN;
    }

    /** What the extension promises; null if it is not known. */
    static @Nullable Format format(String extension) {
        return FORMATS.get(extension);
    }

    /** What follows the last dot of the name, in lower case; empty if there is none. */
    static String extension(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 1 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}

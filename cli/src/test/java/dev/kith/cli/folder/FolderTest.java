package dev.kith.cli.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.cli.folder.Selection.Glob;
import dev.kith.text.Document;
import dev.kith.text.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderTest {
    private static final long LIMIT = 1 << 20;

    @TempDir
    private Path root;

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> ids(Selection selection) throws IOException {
        Folder folder = new Folder(root, selection, false, null);
        return folder.list().files().stream().map(folder::id).toList();
    }

    private Document read(String name) throws IOException {
        Folder folder = new Folder(root, Selection.ALL, false, null);
        return folder.read(folder.root().resolve(name), LIMIT);
    }

    @Test
    void takesTheTextFilesOfEveryDepthInOrder() throws IOException {
        for (String name : List.of(
                "z.md",
                "a.MARKDOWN",
                "b/c.html",
                "b/d/e.txt",
                "b/f.rst",
                "image.png",
                "Main.java")) {
            write(name, "text");
        }
        assertThat(ids(Selection.ALL))
                .containsExactly("a.MARKDOWN", "b/c.html", "b/d/e.txt", "b/f.rst", "z.md");
    }

    @Test
    void passesOverHiddenFoldersAndBuildOutput() throws IOException {
        write(".git/notes.md", "");
        write(".hidden.md", "");
        write("pom.xml", "");
        write("target/site/index.html", "");
        write("web/node_modules/left/README.md", "");
        write("cache/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
        write("cache/a.md", "");
        write("docs/build/how.md", "a page about building");
        assertThat(ids(Selection.ALL)).containsExactly("docs/build/how.md");
    }

    @Test
    void obeysGlobs() throws IOException {
        write("LICENSE", "");
        write("README.md", "");
        write("docs/a.md", "");
        write("docs/old/b.md", "");
        assertThat(ids(new Selection(List.of(), List.of(Glob.of("docs/old")))))
                .containsExactly("README.md", "docs/a.md");
        assertThat(ids(new Selection(List.of(Glob.of("LICENSE"), Glob.of("docs/**")), List.of())))
                .containsExactly("LICENSE", "docs/a.md", "docs/old/b.md");
        assertThat(ids(new Selection(List.of(Glob.of("*.md")), List.of(Glob.of("b.*")))))
                .containsExactly("README.md", "docs/a.md");
        assertThatThrownBy(() -> Glob.of("[z-a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotFollowLinksUnlessAskedAndThenLeavesLoops() throws IOException {
        write("docs/a.md", "");
        Files.createSymbolicLink(root.resolve("docs/loop"), root);
        Files.createSymbolicLink(root.resolve("again.md"), root.resolve("docs/a.md"));
        assertThat(ids(Selection.ALL)).containsExactly("docs/a.md");

        Folder following = new Folder(root, Selection.ALL, true, null);
        Folder.Listing listing = following.list();
        assertThat(listing.files().stream().map(following::id))
                .containsExactly("again.md", "docs/a.md");
        assertThat(listing.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.id()).isEqualTo("docs/loop");
            assertThat(skipped.cause()).isInstanceOf(FileSystemLoopException.class);
        });
    }

    @Test
    void passesOverTheCorpusThatIsWritten() throws IOException {
        write("a.md", "");
        write("kb/b.md", "");
        Folder folder = new Folder(root, Selection.ALL, false, root.resolve("kb"));
        assertThat(folder.list().files().stream().map(folder::id)).containsExactly("a.md");
    }

    @Test
    void refusesWhatIsNotAFolder() throws IOException {
        Path file = write("a.md", "");
        assertThatThrownBy(() -> new Folder(file, Selection.ALL, false, null))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> new Folder(root.resolve("none"), Selection.ALL, false, null))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void describesAFileInItsMetadata() throws IOException {
        Path file = write("docs/guide.md", "intro\n\n## Part\n# The *guide* #\n");
        Files.setLastModifiedTime(
                file, java.nio.file.attribute.FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        Document document = read("docs/guide.md");
        assertThat(document.id()).isEqualTo("docs/guide.md");
        assertThat(document.format()).isEqualTo(Format.MARKDOWN);
        assertThat(document.metadata().get("path")).isEqualTo("docs/guide.md");
        assertThat(document.metadata().get("folder"))
                .isEqualTo(root.toRealPath().toString());
        assertThat(document.metadata().get("extension")).isEqualTo("md");
        assertThat(document.metadata().get("title")).isEqualTo("The *guide*");
        assertThat(document.metadata().get("modified"))
                .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(document.metadata().get("size")).isEqualTo(Files.size(file));
    }

    @Test
    void takesIncludedSourceFilesForCode() throws IOException {
        write("A.java", "class A {}");
        write("Makefile", "all:");
        assertThat(read("A.java").format()).isEqualTo(Format.CODE);
        assertThat(read("Makefile").format()).isEqualTo(Format.PLAIN);
        assertThat(Selection.ALL.takes(Path.of("A.java"))).isFalse();
    }

    @Test
    void findsTheTitleOfEachFormat() throws IOException {
        write("a.html", "<html><head><TITLE lang=en>Fish &amp;\n chips</TITLE></head></html>");
        write("b.html", "<p>x</p><h1 id=x>The <em>one</em></h1>");
        write("c.md", "no heading here\n####### nor here");
        assertThat(read("a.html").metadata().get("title")).isEqualTo("Fish & chips");
        assertThat(read("b.html").metadata().get("title")).isEqualTo("The one");
        assertThat(read("c.md").metadata().get("title")).isEqualTo("c.md");
    }

    @Test
    void readsTextAsItIs() throws IOException {
        write("a.txt", "\uFEFFgrüße 𝄞\r\n");
        assertThat(read("a.txt").text()).isEqualTo("grüße 𝄞\r\n");
        write("empty.txt", "");
        assertThat(read("empty.txt").text()).isEmpty();
    }

    @Test
    void namesTheByteThatIsNotText() throws IOException {
        Files.write(
                root.resolve("latin.txt"),
                "caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read("latin.txt")).hasMessage("invalid UTF-8 at byte 3 (0xe9)");
        Files.write(root.resolve("cut.txt"), new byte[] {'a', (byte) 0xE2, (byte) 0x82});
        assertThatThrownBy(() -> read("cut.txt")).hasMessage("invalid UTF-8 at byte 1 (0xe2)");
        Files.write(
                root.resolve("surrogate.txt"), new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        assertThatThrownBy(() -> read("surrogate.txt"))
                .hasMessageContaining("invalid UTF-8 at byte 0");
        Files.write(root.resolve("binary.md"), new byte[] {'M', 'Z', 0, 1});
        assertThatThrownBy(() -> read("binary.md")).hasMessage("binary: byte 2 is NUL");
    }

    @Test
    void refusesALargeFileBeforeReadingIt() throws IOException {
        Path large = root.resolve("large.txt");
        try (var channel = Files.newByteChannel(
                large,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(1L << 33);
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {'x'}));
        }
        assertThatThrownBy(() -> read("large.txt"))
                .hasMessage("larger than the limit of 1048576 bytes (--max-file-size): 8589934593");
    }
}

package dev.kith.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The documentation keeps its promises: every Java example compiles, every link leads somewhere, README is short. */
class DocumentationTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```java\\R(.*?)^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");
    private static final Pattern IMPORTS = Pattern.compile("(?m)^import .*;\\R?");
    private static final String PACKAGES = """
            import dev.kith.*; import dev.kith.text.*; import dev.kith.hnsw.*; import dev.kith.qg.*; import dev.kith.chunking.*;
            import dev.kith.tokenizers.*; import dev.kith.embedding.*; import dev.kith.chronicle.*; import dev.kith.rerank.*;
            import dev.kith.lucene.*; import dev.kith.retrieval.*; import dev.kith.retrieval.evaluation.*;
            import dev.kith.retrieval.evaluation.answers.*;
            import dev.kith.retrieval.context.*; import dev.kith.retrieval.filter.*; import dev.kith.retrieval.fusion.*;
            import dev.kith.retrieval.passages.*; import dev.kith.retrieval.steps.*;
            import java.util.function.*; import java.io.*; import java.nio.file.*; import java.util.*; import java.util.stream.*;
            import java.time.*;
            """;
    /** In the page about Lucene these names are Lucene's. */
    private static final String LUCENE = """
            import org.apache.lucene.index.*; import org.apache.lucene.document.*; import org.apache.lucene.search.*;
            import org.apache.lucene.store.*;
            import org.apache.lucene.document.Document; import org.apache.lucene.search.Query;
            """;
    /** What examples take as given; an example that declares such a name hides it. */
    private static final String GIVEN = """
            Embedder embedder; Chunker chunker; dev.kith.text.Document document; Path file; Path folder; Vectors rows;
            float[] query; float[] vector; List<String> passages; List<dev.kith.text.Document> documents;
            CorpusConfig config; Corpus corpus; String text; Tokens question; Tokens passage;
            Function<String, String> model;
            """;

    private static final String GIVEN_TO_LUCENE = """
            Directory directory; float[] query; float[] vector; IndexWriterConfig config; Query filter;
            """;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyJavaExampleCompiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher example = EXAMPLE.matcher(Files.readString(page));
            for (int i = 1; example.find(); i++) {
                String code = example.group(1);
                String name = ROOT.relativize(page) + " example " + i;
                boolean lucene = page.endsWith("lucene.md");
                tests.add(DynamicTest.dynamicTest(name, () -> compile(code, lucene)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @Test
    void everyLinkToAFileLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(EXAMPLE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(ROOT.relativize(page) + " -> " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void readmeIsShortAndBeginsWithTheTwoCommands() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
        assertThat(lines).hasSizeLessThanOrEqualTo(150);
        assertThat(lines.subList(0, 6)).anyMatch(line -> line.startsWith("./kith demo"));
        assertThat(lines.subList(0, 6)).anyMatch(line -> line.startsWith("./mvnw verify"));
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("ARCHITECTURE.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private void compile(String code, boolean lucene) throws IOException {
        StringBuilder imports = new StringBuilder(PACKAGES).append(lucene ? LUCENE : "");
        IMPORTS.matcher(code).results().forEach(found -> imports.append(found.group()));
        String body = IMPORTS.matcher(code).replaceAll("");
        Path source = folder.resolve("Example.java");
        Files.writeString(
                source,
                imports
                        + "class Example {\n"
                        + (lucene ? GIVEN_TO_LUCENE : GIVEN)
                        + "void example() throws Exception {\n"
                        + body
                        + "\n} }");
        StringWriter messages = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        List<String> options = List.of(
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"));
        assertThat(compiler.getTask(
                                messages,
                                files,
                                null,
                                options,
                                null,
                                files.getJavaFileObjects(source))
                        .call())
                .as(() -> messages + "\n" + body)
                .isTrue();
    }
}

package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CodeChunkerTest {
    private static final String JAVA = """
            package a;

            import b.C;

            /** A thing. */
            @Deprecated
            public final class Thing {
                private int size;

                int size() {
                    return size;
                }

                void grow(int by) {
                    if (by > 0) {
                        size += by;
                    } else {
                        throw new IllegalArgumentException();
                    }
                }
            }
            """;

    private static List<Chunk> cut(String text, int max) {
        return new CodeChunker(ChunkSize.characters(max, 0))
                .chunk(new Document("id", text, Format.CODE, Metadata.empty()));
    }

    private static List<String> contents(String text, int max) {
        return cut(text, max).stream().map(Chunk::content).toList();
    }

    @Test
    void keepsDefinitionsWholeWithTheCommentsAboveThem() {
        String text =
                "# one\ndef one():\n    return 1\n\n@two\ndef two():\n    a = 2\n\n    return a\nprint(two())";
        assertThat(contents(text, 45))
                .containsExactly(
                        "# one\ndef one():\n    return 1",
                        "@two\ndef two():\n    a = 2\n\n    return a",
                        "print(two())");
        assertThat(contents(text, 200)).containsExactly(text);
    }

    @Test
    void dividesALargeDefinitionUnderItsFirstLine() {
        List<Chunk> chunks = cut(JAVA, 200);
        assertThat(chunks)
                .extracting(Chunk::content)
                .containsExactly(
                        JAVA.substring(0, JAVA.indexOf("    void grow")).strip(),
                        JAVA.substring(JAVA.indexOf("void grow")).strip());
        assertThat(chunks)
                .extracting(Chunk::context)
                .containsExactly("", "public final class Thing {");
    }

    @Test
    void stacksTheFirstLinesOfTheDefinitionsAround() {
        String body = "        call();\n".repeat(20);
        String text = "class A {\n    void b() {\n" + body + "    }\n}\n";
        List<Chunk> chunks = cut(text, 120);
        assertThat(chunks.getFirst().content()).startsWith("class A {\n    void b() {\n");
        assertThat(chunks.subList(1, chunks.size()))
                .extracting(Chunk::context)
                .containsOnly("class A {\nvoid b() {");
        assertThat(chunks.getLast().content()).endsWith("}\n}");
    }

    @Test
    void readsBracesWhereNothingIsIndented() {
        String text =
                "int a() {\nreturn 1;\n}\nint b() {\nif (x) {\nreturn 2;\n}\n\nreturn 3;\n}\n";
        assertThat(contents(text, 60))
                .containsExactly(
                        "int a() {\nreturn 1;\n}",
                        "int b() {\nif (x) {\nreturn 2;\n}\n\nreturn 3;\n}");
    }

    @Test
    void keepsElseAndClosingLinesWithWhatTheyEnd() {
        String text = "if a:\n    b()\nelse:\n    c()\n\nif d:\n    e()\n";
        assertThat(contents(text, 35))
                .containsExactly("if a:\n    b()\nelse:\n    c()", "if d:\n    e()");
    }
}

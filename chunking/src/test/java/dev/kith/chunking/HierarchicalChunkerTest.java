package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HierarchicalChunkerTest {
    private static List<Chunk> cut(String text, Format format, int parents, int children) {
        return new HierarchicalChunker(
                        ChunkSize.characters(parents, 0), ChunkSize.characters(children, 0))
                .chunk(new Document("id", text, format, Metadata.empty()));
    }

    @Test
    void namesTheParentOfEachChild() {
        String text = "One is. Two is. Three is. Four is.";
        List<Chunk> chunks = cut(text, Format.PLAIN, 16, 8);
        assertThat(chunks)
                .extracting(Chunk::content)
                .containsExactly("One is.", "Two is.", "Three", "is.", "Four is.");
        assertThat(chunks.get(0).parent()).isEqualTo(new Span(0, 15));
        assertThat(chunks.get(1).parent()).isEqualTo(new Span(0, 15));
        assertThat(chunks.get(2).parent()).isEqualTo(new Span(16, 25));
        assertThat(chunks.get(4).parent()).isNull();
    }

    @Test
    void keepsHeadingsAndTheHeadersOfTables() {
        String table = "| k | v |\n|---|---|\n" + "| a | 1 |\n".repeat(12);
        List<Chunk> chunks = cut("# A\n\nwords of A\n\n## B\n\n" + table, Format.MARKDOWN, 100, 45);
        assertThat(chunks.getFirst().headings()).containsExactly("A");
        assertThat(chunks.getLast().headings()).containsExactly("A", "B");
        assertThat(chunks.getLast().context()).isEqualTo("| k | v |\n|---|---|");
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(
                                chunk.content().length() + chunk.context().length())
                        .isLessThanOrEqualTo(45));
    }

    @Test
    void measuresWhatAParentRepeatsInTheUnitOfTheChildren() {
        String table = "| k | v |\n|---|---|\n" + "| aaa bbb | ccc ddd |\n".repeat(12);
        List<Chunk> chunks = new HierarchicalChunker(
                        ChunkSize.tokens(TestTokens.WORDS, 30, 0), ChunkSize.characters(38, 0))
                .chunk(new Document("id", table, Format.MARKDOWN, Metadata.empty()));
        assertThat(chunks)
                .hasSizeGreaterThan(3)
                .allSatisfy(chunk -> assertThat(
                                chunk.content().length() + chunk.context().length())
                        .isLessThanOrEqualTo(38));
    }

    @Test
    void givesTheParentInTheSourceOfHtml() {
        String html = "<p>one &amp; <b>two</b></p><p>three</p><p>four five six</p>";
        List<Chunk> chunks = cut(html, Format.HTML, 16, 9);
        assertThat(chunks)
                .extracting(Chunk::content)
                .containsExactly("one & two", "three", "four five", "six");
        assertThat(chunks.get(0).parent().of(html)).isEqualTo("one &amp; <b>two</b></p><p>three");
        assertThat(chunks.get(3).parent().of(html)).isEqualTo("four five six");
    }

    @Test
    void parentsNeitherOverlapNorLeaveAnythingOut() {
        String text = "Some words of a sentence. ".repeat(100);
        List<Span> parents = cut(text, Format.PLAIN, 300, 50).stream()
                .flatMap(chunk -> Stream.ofNullable(chunk.parent()))
                .distinct()
                .toList();
        assertThat(parents).hasSizeGreaterThan(5);
        for (int i = 1; i < parents.size(); i++) {
            assertThat(text.substring(parents.get(i - 1).end(), parents.get(i).start()))
                    .isBlank();
        }
    }

    @Test
    void refusesParentsThatOverlap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HierarchicalChunker(
                        ChunkSize.characters(100, 10), ChunkSize.characters(50, 0)))
                .withMessage("parents must not overlap: overlap 10");
    }
}

package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownChunkerTest {
    private static List<Chunk> cut(String text, int max) {
        return new MarkdownChunker(ChunkSize.characters(max, 0))
                .chunk(new Document("id", text, Format.MARKDOWN, Metadata.empty()));
    }

    @Test
    void knowsTheHeadingsAboveAChunk() {
        String text =
                "# The *manual*\n\nhello\n\nKeys & `rotation`\n---\n\nkeys\n\n### Deep\n\ndeep\n\n# Next #\nend";
        assertThat(cut(text, 30))
                .extracting(Chunk::headings)
                .containsExactly(
                        List.of("The manual"),
                        List.of("The manual", "Keys & rotation"),
                        List.of("The manual", "Keys & rotation", "Deep"),
                        List.of("Next"));
    }

    @Test
    void knowsTheTitleOfTheDocument() {
        assertThat(cut("# The *manual*\n\nhello", 30).getFirst().metadata().get(Chunk.TITLE))
                .isEqualTo("The manual");
        assertThat(cut("---\ntitle: Guide\n---\n# A\n\nhello", 30))
                .extracting(chunk -> chunk.metadata().get(Chunk.TITLE))
                .containsExactly("Guide", "Guide");
        assertThat(cut("hello\n\n## Part", 30).getFirst().metadata().get(Chunk.TITLE))
                .isNull();
    }

    @Test
    void joinsAHeadingWithoutTextToWhatFollows() {
        List<Chunk> chunks = cut("# A\n\n## B\n\ntext\n\n## C\n\ntext", 100);
        assertThat(chunks)
                .extracting(Chunk::content)
                .containsExactly("# A\n\n## B\n\ntext", "## C\n\ntext");
        assertThat(chunks.getFirst().headings()).containsExactly("A", "B");
    }

    @Test
    void joinsSmallBlocksOfASection() {
        assertThat(cut("one\n\ntwo\n\n- three\n- four\n\n# H\n\nfive", 100))
                .extracting(Chunk::content)
                .containsExactly("one\n\ntwo\n\n- three\n- four", "# H\n\nfive");
    }

    @Test
    void keepsCodeAndItemsWholeIfTheyFit() {
        String code = "```\nfirst();\n\nsecond();\n```";
        assertThat(cut("some words before\n\n" + code + "\n\nand after it", 30))
                .extracting(Chunk::content)
                .containsExactly("some words before", code, "and after it");
        assertThat(cut("- first item here\n- second\n  one. Long\n- third", 30))
                .extracting(Chunk::content)
                .containsExactly("- first item here", "- second\n  one. Long\n- third");
    }

    @Test
    void repeatsTheHeaderOfACutTableAsContext() {
        String header = "| k | v |\n|---|---|";
        List<Chunk> chunks = cut(header + "\n| a | 1 |\n| b | 2 |\n| c | 3 |\n| d | 4 |", 40);
        assertThat(chunks)
                .extracting(Chunk::content)
                .containsExactly(header + "\n| a | 1 |\n| b | 2 |", "| c | 3 |\n| d | 4 |");
        assertThat(chunks).extracting(Chunk::context).containsExactly("", header);
    }

    @Test
    void keepsFrontMatterApartAndTakesItsTitle() {
        List<Chunk> chunks = cut("\uFEFF---\r\ntitle: 'Guide'\r\n---\r\n# Start\r\n\r\nwords", 100);
        assertThat(chunks)
                .extracting(Chunk::content)
                .containsExactly("---\r\ntitle: 'Guide'\r\n---", "# Start\r\n\r\nwords");
        assertThat(chunks)
                .extracting(Chunk::headings)
                .containsExactly(List.of("Guide"), List.of("Guide", "Start"));
        assertThat(cut("---\ntitle: x\n\nno end", 100).getFirst().headings()).isEmpty();
    }

    @Test
    void namesTheSectionOfAChunkThatIsNotAllOfIt() {
        String text = "# H\n\nfirst paragraph\n\nsecond paragraph\n\n# I\n\nshort";
        List<Chunk> chunks = cut(text, 22);
        assertThat(chunks)
                .extracting(Chunk::parent)
                .containsExactly(new Span(0, 38), new Span(0, 38), null);
        assertThat(new Span(0, 38).of(text)).endsWith("second paragraph");
    }

    @Test
    void takesATableOfTooManyCellsForText() {
        // As many columns as rows, all but the first empty: a reader of cells would make 4 million.
        String table = "|a".repeat(2000) + "|\n" + "|-".repeat(2000) + "|\n" + "|b|\n".repeat(2000);
        List<Chunk> chunks = cut("# Title\n\n" + table, 100);
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.headings()).containsExactly("Title");
            assertThat(chunk.content()).hasSizeLessThanOrEqualTo(100);
        });
        assertThat(chunks.getLast().content()).endsWith("|b|");
    }

    @Test
    void readsATitleAmongManySpaces() {
        String spaces = " ".repeat(1_000_000);
        String front = "---\ntitle:" + spaces + "x" + spaces + "y" + spaces + "\n---\n# T";
        assertThat(cut(front, 100).getLast().headings())
                .containsExactly("x" + " ".repeat(199), "T");
        assertThat(cut("---\ntitle" + spaces + "x\n---\n# T", 100).getLast().headings())
                .containsExactly("T");
    }

    @Test
    void takesHeadingsInListsAndCodeForText() {
        assertThat(cut("- # item\n\n```\n# code\n```\n\n\ttab\n# not \u0000", 100))
                .last()
                .satisfies(chunk -> assertThat(chunk.headings()).containsExactly("not \uFFFD"));
        assertThat(cut("- # item\n\n```\n# code\n```\n", 100).getFirst().headings())
                .isEmpty();
    }
}

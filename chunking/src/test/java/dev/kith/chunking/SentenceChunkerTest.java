package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tells the chunkers of plain text apart. */
final class SentenceChunkerTest {
    private static List<String> cut(Chunker chunker, String text) {
        return chunker.chunk(Document.of("id", text)).stream()
                .map(Chunk::content)
                .toList();
    }

    @Test
    void endsChunksAtSentencesOnly() {
        assertThat(cut(
                        new SentenceChunker(ChunkSize.characters(30, 0)),
                        "Mr. A came. He saw\nus. Then he left for home.\n\nWe stayed."))
                .containsExactly("Mr. A came. He saw\nus.", "Then he left for home.", "We stayed.");
    }

    @Test
    void repeatsWholeSentences() {
        String text = "One is. Two is. Three is. Four is. Five is.";
        assertThat(cut(new SentenceChunker(ChunkSize.characters(25, 10)), text))
                .containsExactly(
                        "One is. Two is. Three is.", "Three is. Four is.", "Four is. Five is.");
        assertThat(cut(new SentenceChunker(ChunkSize.characters(25, Overlap.sentences(1))), text))
                .containsExactly(
                        "One is. Two is. Three is.", "Three is. Four is.", "Four is. Five is.");
        assertThat(cut(new SentenceChunker(ChunkSize.characters(40, Overlap.sentences(2))), text))
                .containsExactly(
                        "One is. Two is. Three is. Four is.", "Three is. Four is. Five is.");
    }

    @Test
    void repeatsSentencesWhereOtherChunkersCut() {
        assertThat(cut(
                        new RecursiveChunker(ChunkSize.characters(30, Overlap.sentences(1))),
                        "One is. Two is. Three is it. Four is. Five is."))
                .containsExactly("One is. Two is. Three is it.", "Three is it. Four is. Five is.");
    }

    @Test
    void keepsParagraphsWhole() {
        ChunkSize size = ChunkSize.characters(20, 0);
        assertThat(cut(
                        new ParagraphChunker(size),
                        "One. Two.\n\nThree\nfour\n \nfive and six\fseven"))
                .containsExactly("One. Two.", "Three\nfour", "five and six\fseven");
        assertThat(cut(new ParagraphChunker(size), "A long paragraph. With sentences.\n\nEnd."))
                .containsExactly("A long paragraph.", "With sentences.", "End.");
    }

    @Test
    void cutsAtOneSizeWhereverThatFalls() {
        assertThat(cut(new FixedChunker(ChunkSize.characters(8, 0)), "abc def ghi jkl mno"))
                .containsExactly("abc def", "ghi jkl", "mno");
        assertThat(cut(new FixedChunker(ChunkSize.characters(5, 2)), "abcdefghijk"))
                .containsExactly("abcde", "defgh", "ghijk");
        assertThat(cut(
                        new FixedChunker(ChunkSize.tokens(TestTokens.WORDS, 3, 1)),
                        "one two three four five six seven"))
                .containsExactly("one two three", "three four five", "five six seven");
    }

    @Test
    void knowsThePagesThatFormFeedsSeparate() {
        Chunker chunker = new SentenceChunker(ChunkSize.characters(10, 0));
        assertThat(chunker.chunk(Document.of("id", "One here.\fTwo here.\f\fFour.")))
                .extracting(chunk -> chunk.metadata().get(Chunk.PAGE))
                .containsExactly(1L, 2L, 4L);
        assertThat(chunker.chunk(Document.of("id", "One here."))
                        .getFirst()
                        .metadata()
                        .get(Chunk.PAGE))
                .isNull();
    }
}

package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecursiveChunkerTest {
    private static List<String> cut(String text, int max, int overlap) {
        return new RecursiveChunker(ChunkSize.characters(max, overlap))
                .chunk(Document.of("id", text)).stream().map(Chunk::content).toList();
    }

    @Test
    void prefersParagraphsToLinesToSentencesToWords() {
        assertThat(cut("First one.\n\nSecond. A\nthird word", 28, 0))
                .containsExactly("First one.", "Second. A\nthird word");
        assertThat(cut("First one. A\nthird word and more", 24, 0))
                .containsExactly("First one. A", "third word and more");
        assertThat(cut("First one. A third word", 18, 0))
                .containsExactly("First one.", "A third word");
        assertThat(cut("just some words here", 12, 0)).containsExactly("just some", "words here");
        assertThat(cut("abcdefghij", 4, 0)).containsExactly("abcd", "efgh", "ij");
    }

    @Test
    void endsSentencesOfChineseWhereTheyEnd() {
        assertThat(cut("\u4F60\u597D\u3002\u300C\u597D\uFF01\u300D\u6211\u4EEC\u8D70", 8, 0))
                .containsExactly(
                        "\u4F60\u597D\u3002\u300C\u597D\uFF01\u300D", "\u6211\u4EEC\u8D70");
    }

    @Test
    void fillsChunksUpToTheMaximum() {
        assertThat(cut("aa bb cc dd ee", 8, 0)).containsExactly("aa bb cc", "dd ee");
    }

    @Test
    void doesNotCountWhiteSpaceBehindAChunk() {
        assertThat(cut("aaaa bbbb    \n\n   cccc", 9, 0)).containsExactly("aaaa bbbb", "cccc");
    }

    @Test
    void repeatsWholeWordsWhenChunksOverlap() {
        assertThat(cut("one two three four five six", 14, 6))
                .containsExactly("one two three", "three four", "four five six");
    }

    @Test
    void countsTheTokensOfTheTokenizer() {
        ChunkSize size = ChunkSize.tokens(TestTokens.WORDS, 4, 0);
        assertThat(new RecursiveChunker(size)
                        .chunk(Document.of("id", "incomprehensibilities, a b c d e")))
                .extracting(Chunk::content)
                .containsExactly("incomprehensibilities, a b", "c d e");
    }

    @Test
    void cutsAClusterOnlyIfItIsTooLong() {
        String family = "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        assertThat(cut(family + family, 8, 0)).containsExactly(family, family);
        assertThat(cut(family, 3, 0)).hasSizeGreaterThan(1).allMatch(part -> part.length() <= 3);
    }

    /** Each would take hours if the work grew with the square of the text. */
    @ParameterizedTest
    @ValueSource(strings = {"\u300D", "\"", ")) ", "\uFEFF", "\u0301", " \u0301", "\uD83C\uDDE9"})
    void worksInProportionToTheText(String repeated) {
        String text = "a" + repeated.repeat(2_000_000);
        assertThat(cut(text, 1000, 100)).allMatch(part -> part.length() <= 1000);
        assertThat(cut(text + "b", 1000, 0)).last().asString().endsWith("b");
    }
}

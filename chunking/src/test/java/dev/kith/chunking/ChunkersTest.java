package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.ChunkerContract;
import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Embedder;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for each chunker and size. */
final class ChunkersTest {
    private static final ChunkSize CHARACTERS = ChunkSize.characters(1000, 100);
    private static final ChunkSize FEW = ChunkSize.characters(7, 0);
    private static final ChunkSize MUCH_OVERLAP = ChunkSize.characters(20, 19);
    private static final ChunkSize WORDS =
            ChunkSize.tokens(TestTokens.WORDS, 64, Overlap.sentences(2));
    private static final ChunkSize BYTES = ChunkSize.tokens(TestTokens.BYTES, 30, 10);

    private abstract static class Sized extends ChunkerContract {
        private final Format format;
        private final ChunkSize size;
        private final Function<ChunkSize, Chunker> way;

        Sized(Format format, ChunkSize size) {
            this(format, size, FormatChunker::new);
        }

        Sized(Format format, ChunkSize size, Function<ChunkSize, Chunker> way) {
            this.format = format;
            this.size = size;
            this.way = way;
        }

        @Override
        protected Chunker chunker() {
            return way.apply(size);
        }

        @Override
        protected Format format() {
            return format;
        }

        @Override
        protected List<String> realTexts() {
            String examples = String.join("\n\n", CommonMarkSpec.examples());
            return List.of(
                    CommonMarkSpec.text().substring(0, 100_000), examples.substring(0, 10_000));
        }

        @Override
        protected int max() {
            return size.max();
        }

        @Override
        protected int overlap() {
            return switch (size.overlap()) {
                case Overlap.Units(int amount) -> amount;
                case Overlap.Sentences _ -> size.max() / 2;
            };
        }

        @Override
        protected int length(String text) {
            return switch (size) {
                case ChunkSize.Characters _ -> text.length();
                case ChunkSize.TokenCount tokens -> tokens.tokenizer().count(text);
            };
        }

        @Override
        protected String visible(String text) {
            return format == Format.HTML ? visibleText(text) : text;
        }
    }

    /** The texts of the parsed document that no invisible element holds, in the order of the source. */
    private static String visibleText(String html) {
        String invisible =
                "head, title, script, style, template, noscript, iframe, noframes, noembed, datalist, [hidden]";
        var document = Parser.htmlParser().setTrackPosition(true).parseInput(html, "");
        document.select(invisible).forEach(Element::empty);
        StringBuilder visible = new StringBuilder();
        document.nodeStream(TextNode.class)
                .sorted(Comparator.comparingInt(node -> node.sourceRange().startPos()))
                .forEach(node -> visible.append(node.getWholeText()).append(' '));
        return visible.toString();
    }

    @Nested
    final class PlainByCharacters extends Sized {
        PlainByCharacters() {
            super(Format.PLAIN, ChunkSize.characters(1000, 0));
        }
    }

    @Nested
    final class PlainByCharactersWithOverlap extends Sized {
        PlainByCharactersWithOverlap() {
            super(Format.PLAIN, ChunkSize.characters(1000, 100));
        }
    }

    @Nested
    final class PlainByFewCharacters extends Sized {
        PlainByFewCharacters() {
            super(Format.PLAIN, ChunkSize.characters(7, 0));
        }
    }

    @Nested
    final class PlainByFewCharactersWithMuchOverlap extends Sized {
        PlainByFewCharactersWithMuchOverlap() {
            super(Format.PLAIN, ChunkSize.characters(20, 19));
        }
    }

    @Nested
    final class PlainByWords extends Sized {
        PlainByWords() {
            super(Format.PLAIN, ChunkSize.tokens(TestTokens.WORDS, 64, 8));
        }
    }

    @Nested
    final class PlainByFewBytes extends Sized {
        PlainByFewBytes() {
            super(Format.PLAIN, ChunkSize.tokens(TestTokens.BYTES, 30, 10));
        }
    }

    @Nested
    final class MarkdownByCharacters extends Sized {
        MarkdownByCharacters() {
            super(Format.MARKDOWN, ChunkSize.characters(1000, 0));
        }
    }

    @Nested
    final class MarkdownByCharactersWithOverlap extends Sized {
        MarkdownByCharactersWithOverlap() {
            super(Format.MARKDOWN, ChunkSize.characters(1000, 100));
        }
    }

    @Nested
    final class MarkdownByFewCharacters extends Sized {
        MarkdownByFewCharacters() {
            super(Format.MARKDOWN, ChunkSize.characters(7, 0));
        }
    }

    @Nested
    final class MarkdownByFewCharactersWithMuchOverlap extends Sized {
        MarkdownByFewCharactersWithMuchOverlap() {
            super(Format.MARKDOWN, ChunkSize.characters(20, 19));
        }
    }

    @Nested
    final class MarkdownByWords extends Sized {
        MarkdownByWords() {
            super(Format.MARKDOWN, ChunkSize.tokens(TestTokens.WORDS, 64, 8));
        }
    }

    @Nested
    final class MarkdownByFewBytes extends Sized {
        MarkdownByFewBytes() {
            super(Format.MARKDOWN, ChunkSize.tokens(TestTokens.BYTES, 30, 10));
        }
    }

    @Nested
    final class HtmlByCharacters extends Sized {
        HtmlByCharacters() {
            super(Format.HTML, ChunkSize.characters(1000, 0));
        }
    }

    @Nested
    final class HtmlByCharactersWithOverlap extends Sized {
        HtmlByCharactersWithOverlap() {
            super(Format.HTML, ChunkSize.characters(1000, 100));
        }
    }

    @Nested
    final class HtmlByFewCharacters extends Sized {
        HtmlByFewCharacters() {
            super(Format.HTML, ChunkSize.characters(7, 0));
        }
    }

    @Nested
    final class HtmlByFewCharactersWithMuchOverlap extends Sized {
        HtmlByFewCharactersWithMuchOverlap() {
            super(Format.HTML, ChunkSize.characters(20, 19));
        }
    }

    @Nested
    final class HtmlByWords extends Sized {
        HtmlByWords() {
            super(Format.HTML, ChunkSize.tokens(TestTokens.WORDS, 64, 8));
        }
    }

    @Nested
    final class HtmlByFewBytes extends Sized {
        HtmlByFewBytes() {
            super(Format.HTML, ChunkSize.tokens(TestTokens.BYTES, 30, 10));
        }
    }

    @Nested
    final class PlainByWordsWithSentences extends Sized {
        PlainByWordsWithSentences() {
            super(Format.PLAIN, WORDS);
        }
    }

    @Nested
    final class MarkdownByWordsWithSentences extends Sized {
        MarkdownByWordsWithSentences() {
            super(Format.MARKDOWN, WORDS);
        }
    }

    @Nested
    final class HtmlByWordsWithSentences extends Sized {
        HtmlByWordsWithSentences() {
            super(Format.HTML, WORDS);
        }
    }

    @Nested
    final class CodeByCharacters extends Sized {
        CodeByCharacters() {
            super(Format.CODE, CHARACTERS);
        }
    }

    @Nested
    final class CodeByFewCharacters extends Sized {
        CodeByFewCharacters() {
            super(Format.CODE, FEW);
        }
    }

    @Nested
    final class CodeByFewCharactersWithMuchOverlap extends Sized {
        CodeByFewCharactersWithMuchOverlap() {
            super(Format.CODE, MUCH_OVERLAP);
        }
    }

    @Nested
    final class CodeByWordsWithSentences extends Sized {
        CodeByWordsWithSentences() {
            super(Format.CODE, WORDS);
        }
    }

    @Nested
    final class CodeByFewBytes extends Sized {
        CodeByFewBytes() {
            super(Format.CODE, BYTES);
        }
    }

    @Nested
    final class FixedByCharacters extends Sized {
        FixedByCharacters() {
            super(Format.PLAIN, CHARACTERS, FixedChunker::new);
        }
    }

    @Nested
    final class FixedByFewCharacters extends Sized {
        FixedByFewCharacters() {
            super(Format.PLAIN, FEW, FixedChunker::new);
        }
    }

    @Nested
    final class FixedByFewCharactersWithMuchOverlap extends Sized {
        FixedByFewCharactersWithMuchOverlap() {
            super(Format.PLAIN, MUCH_OVERLAP, FixedChunker::new);
        }
    }

    @Nested
    final class FixedByWordsWithSentences extends Sized {
        FixedByWordsWithSentences() {
            super(Format.PLAIN, WORDS, FixedChunker::new);
        }
    }

    @Nested
    final class FixedByFewBytes extends Sized {
        FixedByFewBytes() {
            super(Format.PLAIN, BYTES, FixedChunker::new);
        }
    }

    @Nested
    final class SentenceByCharacters extends Sized {
        SentenceByCharacters() {
            super(Format.PLAIN, CHARACTERS, SentenceChunker::new);
        }
    }

    @Nested
    final class SentenceByFewCharacters extends Sized {
        SentenceByFewCharacters() {
            super(Format.PLAIN, FEW, SentenceChunker::new);
        }
    }

    @Nested
    final class SentenceByFewCharactersWithMuchOverlap extends Sized {
        SentenceByFewCharactersWithMuchOverlap() {
            super(Format.PLAIN, MUCH_OVERLAP, SentenceChunker::new);
        }
    }

    @Nested
    final class SentenceByWordsWithSentences extends Sized {
        SentenceByWordsWithSentences() {
            super(Format.PLAIN, WORDS, SentenceChunker::new);
        }
    }

    @Nested
    final class SentenceByFewBytes extends Sized {
        SentenceByFewBytes() {
            super(Format.PLAIN, BYTES, SentenceChunker::new);
        }
    }

    @Nested
    final class ParagraphByCharacters extends Sized {
        ParagraphByCharacters() {
            super(Format.PLAIN, CHARACTERS, ParagraphChunker::new);
        }
    }

    @Nested
    final class ParagraphByFewCharacters extends Sized {
        ParagraphByFewCharacters() {
            super(Format.PLAIN, FEW, ParagraphChunker::new);
        }
    }

    @Nested
    final class ParagraphByFewCharactersWithMuchOverlap extends Sized {
        ParagraphByFewCharactersWithMuchOverlap() {
            super(Format.PLAIN, MUCH_OVERLAP, ParagraphChunker::new);
        }
    }

    @Nested
    final class ParagraphByWordsWithSentences extends Sized {
        ParagraphByWordsWithSentences() {
            super(Format.PLAIN, WORDS, ParagraphChunker::new);
        }
    }

    @Nested
    final class ParagraphByFewBytes extends Sized {
        ParagraphByFewBytes() {
            super(Format.PLAIN, BYTES, ParagraphChunker::new);
        }
    }

    @Nested
    final class SemanticByCharacters extends Sized {
        SemanticByCharacters() {
            super(Format.PLAIN, CHARACTERS, ChunkersTest::semantic);
        }
    }

    @Nested
    final class SemanticByFewCharacters extends Sized {
        SemanticByFewCharacters() {
            super(Format.PLAIN, FEW, ChunkersTest::semantic);
        }
    }

    @Nested
    final class SemanticByFewCharactersWithMuchOverlap extends Sized {
        SemanticByFewCharactersWithMuchOverlap() {
            super(Format.PLAIN, MUCH_OVERLAP, ChunkersTest::semantic);
        }
    }

    @Nested
    final class SemanticByWordsWithSentences extends Sized {
        SemanticByWordsWithSentences() {
            super(Format.PLAIN, WORDS, ChunkersTest::semantic);
        }
    }

    @Nested
    final class SemanticByFewBytes extends Sized {
        SemanticByFewBytes() {
            super(Format.PLAIN, BYTES, ChunkersTest::semantic);
        }
    }

    @Nested
    final class HierarchicalPlainByCharacters extends Sized {
        HierarchicalPlainByCharacters() {
            super(Format.PLAIN, CHARACTERS, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalPlainByFewCharactersWithMuchOverlap extends Sized {
        HierarchicalPlainByFewCharactersWithMuchOverlap() {
            super(Format.PLAIN, MUCH_OVERLAP, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalPlainByWordsWithSentences extends Sized {
        HierarchicalPlainByWordsWithSentences() {
            super(Format.PLAIN, WORDS, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalMarkdownByCharacters extends Sized {
        HierarchicalMarkdownByCharacters() {
            super(Format.MARKDOWN, CHARACTERS, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalMarkdownByFewCharactersWithMuchOverlap extends Sized {
        HierarchicalMarkdownByFewCharactersWithMuchOverlap() {
            super(Format.MARKDOWN, MUCH_OVERLAP, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalMarkdownByWordsWithSentences extends Sized {
        HierarchicalMarkdownByWordsWithSentences() {
            super(Format.MARKDOWN, WORDS, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalHtmlByCharacters extends Sized {
        HierarchicalHtmlByCharacters() {
            super(Format.HTML, CHARACTERS, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalHtmlByFewCharactersWithMuchOverlap extends Sized {
        HierarchicalHtmlByFewCharactersWithMuchOverlap() {
            super(Format.HTML, MUCH_OVERLAP, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalHtmlByWordsWithSentences extends Sized {
        HierarchicalHtmlByWordsWithSentences() {
            super(Format.HTML, WORDS, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalCodeByCharacters extends Sized {
        HierarchicalCodeByCharacters() {
            super(Format.CODE, CHARACTERS, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalCodeByFewCharactersWithMuchOverlap extends Sized {
        HierarchicalCodeByFewCharactersWithMuchOverlap() {
            super(Format.CODE, MUCH_OVERLAP, ChunkersTest::hierarchical);
        }
    }

    @Nested
    final class HierarchicalCodeByWordsWithSentences extends Sized {
        HierarchicalCodeByWordsWithSentences() {
            super(Format.CODE, WORDS, ChunkersTest::hierarchical);
        }
    }

    private static Chunker semantic(ChunkSize size) {
        return SemanticChunker.of(new LetterEmbedder(), size);
    }

    private static Chunker hierarchical(ChunkSize size) {
        ChunkSize parents = switch (size) {
            case ChunkSize.Characters characters -> ChunkSize.characters(3 * characters.max(), 0);
            case ChunkSize.TokenCount tokens ->
                ChunkSize.tokens(tokens.tokenizer(), 3 * tokens.max(), 0);
        };
        return new HierarchicalChunker(parents, size);
    }

    @ParameterizedTest
    @MethodSource("everyChunker")
    void cutsALineOfFiftyMillionCharacters(Chunker chunker, Format format) {
        String line = "One sentence of some words \u2014 and more. ".repeat(1_300_000);
        assertThat(line.length()).isGreaterThan(50_000_000);
        int covered = 0;
        for (Chunk chunk : chunker.chunk(new Document("id", line, format, Metadata.empty()))) {
            assertThat(chunk.content().length()).isBetween(1, 1000);
            assertThat(chunk.span().start()).isLessThanOrEqualTo(covered + 1);
            assertThat(chunk.span().end()).isGreaterThan(covered);
            covered = chunk.span().end();
        }
        assertThat(covered).isEqualTo(line.length() - 1);
    }

    static Stream<Arguments> everyChunker() {
        return Stream.of(
                Arguments.of(new FixedChunker(CHARACTERS), Format.PLAIN),
                Arguments.of(new SentenceChunker(CHARACTERS), Format.PLAIN),
                Arguments.of(new ParagraphChunker(CHARACTERS), Format.PLAIN),
                Arguments.of(new RecursiveChunker(CHARACTERS), Format.PLAIN),
                Arguments.of(new MarkdownChunker(CHARACTERS), Format.MARKDOWN),
                Arguments.of(new HtmlChunker(CHARACTERS), Format.HTML),
                Arguments.of(new CodeChunker(CHARACTERS), Format.CODE),
                Arguments.of(semantic(CHARACTERS), Format.PLAIN),
                Arguments.of(hierarchical(CHARACTERS), Format.MARKDOWN));
    }

    @Test
    void namesEverySettingInTheIdentity() {
        assertThat(everyChunker().map(arguments -> ((Chunker) arguments.get()[0]).identity()))
                .doesNotHaveDuplicates()
                .allMatch(identity -> identity.contains("1000/100"));
        Embedder letters = new LetterEmbedder();
        assertThat(Stream.of(
                                semantic(CHARACTERS),
                                new SemanticChunker(letters, CHARACTERS, 80, 1),
                                new SemanticChunker(letters, CHARACTERS, 90, 2),
                                hierarchical(CHARACTERS),
                                hierarchical(MUCH_OVERLAP),
                                new FixedChunker(WORDS),
                                new FixedChunker(ChunkSize.tokens(TestTokens.WORDS, 64, 2)))
                        .map(Chunker::identity))
                .doesNotHaveDuplicates();
    }
}

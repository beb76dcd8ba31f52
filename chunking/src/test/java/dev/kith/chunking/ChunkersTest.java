package dev.kith.chunking;

import dev.kith.testkit.ChunkerContract;
import dev.kith.text.Chunker;
import dev.kith.text.Format;
import java.util.Comparator;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Nested;

/** The contract for each chunker and size. */
final class ChunkersTest {
    private abstract static class Sized extends ChunkerContract {
        private final Format format;
        private final ChunkSize size;

        Sized(Format format, ChunkSize size) {
            this.format = format;
            this.size = size;
        }

        @Override
        protected Chunker chunker() {
            return new FormatChunker(size);
        }

        @Override
        protected Format format() {
            return format;
        }

        @Override
        protected int max() {
            return size.max();
        }

        @Override
        protected int overlap() {
            return size.overlap();
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
}

package dev.kith.chunking;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.Parser;

/**
 * The blocks of a Markdown text. Each block ends where its next sibling begins, so that what the tree does not hold (the
 * markers of a quotation, say) belongs to the block before it and nothing is lost.
 */
final class MarkdownBlocks {
    /** Deeper blocks are text; keeps recursion shallow on hostile input. */
    private static final int DEEPEST = 32;

    /** Finds blocks alone: inline markup matters in titles only, whose text this keeps. */
    private static final InlineParser TITLES_ONLY = (lines, block) -> {
        if (block instanceof Heading) {
            block.appendChild(new Text(lines.getContent()));
        }
    };

    /** Kinds of HTML that a blank line does not end, and nothing that looks like their ends. */
    private static final Pattern OPEN_HTML = Pattern.compile(
            "(?is)\\A\\s*<(!--(?!.*-->)|\\?(?!.*\\?>)|!\\[CDATA\\[(?!.*]]>)|![a-z](?!.*>)"
                    + "|(script|pre|style|textarea)(?!.*</(script|pre|style|textarea)>))");

    private static final Parser BLOCKS = parser(List.of(TablesExtension.create()));
    private static final Parser BLOCKS_BUT_TABLES = parser(List.of());
    private static final Parser INLINES =
            Parser.builder().enabledBlockTypes(Set.of()).build();

    private final String text;
    private final int origin;
    private final int end;
    private final Node document;

    private MarkdownBlocks(String text, int origin, int end) {
        this.text = text;
        this.origin = origin;
        this.end = end;
        this.document = parse(text.substring(origin, end));
    }

    private static Parser parser(List<Extension> extensions) {
        return Parser.builder()
                .extensions(extensions)
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .inlineParserFactory(_ -> TITLES_ONLY)
                .build();
    }

    /** Parses [origin, end) of the text; a line starts at origin. */
    static MarkdownBlocks parse(String text, int origin, int end) {
        return new MarkdownBlocks(text, origin, end);
    }

    /** The blocks in order. */
    List<Block> blocks() {
        return children(document, origin, end, 0);
    }

    /** Whether text behind a blank line would belong to the last block: fenced code, or HTML such as a comment, without end. */
    boolean isOpen() {
        return switch (document.getLastChild()) {
            case FencedCodeBlock code -> code.getClosingFenceLength() == null;
            case HtmlBlock html -> OPEN_HTML.matcher(html.getLiteral()).find();
            case null, default -> false;
        };
    }

    private static Node parse(String markdown) {
        try {
            return BLOCKS.parse(markdown);
        } catch (IllegalArgumentException _) {
            // A million cells, which short rows under a wide header have too: such a table is text.
            return BLOCKS_BUT_TABLES.parse(markdown);
        }
    }

    private List<Block> children(Node parent, int start, int end, int depth) {
        List<Block> blocks = new ArrayList<>();
        Node node = null;
        int nodeStart = start;
        for (Node next = parent.getFirstChild(); next != null; next = next.getNext()) {
            int nextStart = node == null ? start : start(next);
            if (node != null && nextStart > nodeStart) {
                add(blocks, node, nodeStart, nextStart, depth);
            }
            if (node == null || nextStart > nodeStart) {
                node = next;
                nodeStart = nextStart;
            }
        }
        if (node != null) {
            add(blocks, node, nodeStart, end, depth);
        }
        return blocks;
    }

    private void add(List<Block> blocks, Node node, int from, int to, int depth) {
        int start = Breaks.skip(text, from, to);
        int end = Breaks.trim(text, start, to);
        if (start < end) {
            blocks.add(block(node, start, end, depth));
        }
    }

    private Block block(Node node, int start, int end, int depth) {
        if (depth == DEEPEST) {
            return new Block.Text(start, end, false);
        }
        return switch (node) {
            case Heading heading
            when depth == 0 -> new Block.Heading(start, end, heading.getLevel(), title(heading));
            case ListBlock _, ListItem _, BlockQuote _ ->
                new Block.Group(start, end, children(node, start, end, depth + 1));
            case TableBlock table -> table(table, start, end, depth);
            default -> new Block.Text(start, end, node instanceof Paragraph);
        };
    }

    private Block table(TableBlock table, int start, int end, int depth) {
        Node body = table.getLastChild();
        if (!(body instanceof TableBody)) {
            return new Block.Text(start, end, false);
        }
        int bodyStart = start(body);
        Block.Text header = new Block.Text(start, Breaks.trim(text, start, bodyStart), false);
        return new Block.Table(start, end, header, children(body, bodyStart, end, depth + 1));
    }

    /** The start of the line on which a block begins, or -1 if the tree does not say where. */
    private int start(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        if (spans.isEmpty()) {
            return -1;
        }
        int at = origin + spans.getFirst().getInputIndex();
        while (at > origin && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
            at--;
        }
        return at;
    }

    private static String title(Heading heading) {
        if (!(heading.getFirstChild() instanceof Text raw)) {
            return "";
        }
        StringBuilder title = new StringBuilder();
        INLINES.parse(raw.getLiteral()).accept(new TitleText(title));
        return title.toString().strip();
    }

    /** Collects what a reader sees of a title. */
    private static final class TitleText extends AbstractVisitor {
        private final StringBuilder title;

        private TitleText(StringBuilder title) {
            this.title = title;
        }

        @Override
        public void visit(Text text) {
            title.append(text.getLiteral());
        }

        @Override
        public void visit(Code code) {
            title.append(code.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak softLineBreak) {
            title.append(' ');
        }

        @Override
        public void visit(HardLineBreak hardLineBreak) {
            title.append(' ');
        }
    }
}

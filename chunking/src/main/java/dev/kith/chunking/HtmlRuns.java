package dev.kith.chunking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * The visible texts and breaks of an HTML document in the order of its source; the tree's order differs where a parser has
 * to move misplaced text, such as text between the rows of a table.
 */
final class HtmlRuns implements NodeFilter {
    private static final Set<String> INVISIBLE = Set.of(
            "head",
            "title",
            "script",
            "style",
            "template",
            "noscript",
            "iframe",
            "noframes",
            "noembed",
            "datalist");
    /** Blocks to the parser, but not to a reader. */
    private static final Set<String> INLINE = Set.of("ins", "del", "svg", "math");

    private static final int CDATA_PREFIX = "<![CDATA[".length();

    /** A text, or a break. */
    sealed interface Run {
        int at();
    }

    /** What the parser made of [at, end) of the source. */
    record Words(int at, int end, String parsed, Place place) implements Run {}

    /** The end of a line, or of a paragraph. */
    record Break(int at, int end, boolean paragraph) implements Run {}

    private final List<Run> runs = new ArrayList<>();
    private final String title;
    private final Deque<Place> places = new ArrayDeque<>();
    private int last;

    private HtmlRuns(String title) {
        this.title = title;
        places.push(Place.root());
    }

    static HtmlRuns of(String html) {
        Document document = Parser.htmlParser().setTrackPosition(true).parseInput(html, "");
        HtmlRuns collector = new HtmlRuns(document.title());
        NodeTraversor.filter(collector, document);
        collector.runs.sort(Comparator.comparingInt(Run::at));
        return collector;
    }

    List<Run> runs() {
        return runs;
    }

    /** The text of the document's title element, or empty. */
    String title() {
        return title;
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            add(text);
        } else if (node instanceof Element element) {
            String name = element.normalName();
            if (INVISIBLE.contains(name) || element.hasAttr("hidden")) {
                return FilterResult.SKIP_ENTIRELY;
            }
            enter(element, name);
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element && isBlock(element)) {
            places.pop();
        }
        return FilterResult.CONTINUE;
    }

    private void enter(Element element, String name) {
        boolean block = isBlock(element);
        if (block) {
            places.push(place(element, name, places.getFirst()));
        }
        boolean line = name.equals("br");
        if (line || (block && element.childNodeSize() == 0)) {
            Range range = element.sourceRange();
            int at = range.isTracked() ? range.startPos() : last;
            runs.add(new Break(at, range.isTracked() ? range.endPos() : last, !line));
        }
    }

    private static boolean isBlock(Element element) {
        return (element.isBlock() || element.normalName().equals("option"))
                && !INLINE.contains(element.normalName());
    }

    private static Place place(Element element, String name, Place around) {
        return switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> around.heading(name.charAt(1) - '0');
            case "pre", "listing", "plaintext" -> around.preformatted();
            case "ul", "ol", "dl", "menu", "dir" -> around.structure(Place.Kind.LIST, false);
            case "li", "dt", "dd" -> around.structure(Place.Kind.ITEM, false);
            case "table" -> around.structure(Place.Kind.TABLE, false);
            case "tr" -> around.structure(Place.Kind.ROW, isHeader(element));
            case "td", "th" -> around.structure(Place.Kind.CELL, false);
            default -> around.flow();
        };
    }

    private static boolean isHeader(Element row) {
        Element parent = row.parent();
        return (parent != null && parent.normalName().equals("thead"))
                || row.children().stream().allMatch(cell -> cell.normalName().equals("th"));
    }

    private void add(TextNode text) {
        Range range = text.sourceRange();
        int prefix = text instanceof CDataNode ? CDATA_PREFIX : 0;
        int at = range.isTracked() ? range.startPos() + prefix : last;
        int end = range.isTracked() ? Math.max(at, range.endPos()) : last;
        last = end;
        runs.add(new Words(at, end, text.getWholeText(), places.getFirst()));
    }
}

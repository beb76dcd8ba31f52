package dev.kith.chunking;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the blocks of a Markdown text, most of them without parsing. What a line's first characters make plain is a block
 * at once: paragraphs, headings, fenced code, flat lists. Anything else is left to the parser, up to a line that nothing
 * before it can reach: one that follows a blank line and starts, without indentation, with no marker of a list.
 *
 * <p>The blocks are those that the parser finds in the whole text, as a test holds.
 */
final class MarkdownScan {
    private static final String PLAIN_PUNCTUATION = "\"'(),.;?/{}]$%@^!&\\";
    private static final String PLAIN_IN_TITLES = " ,.;:?()'\"/-";

    private final String text;
    private final boolean carriageReturns;
    private final List<Block> blocks = new ArrayList<>();

    private MarkdownScan(String text) {
        this.text = text;
        this.carriageReturns = text.indexOf('\r') >= 0;
    }

    /** The blocks of the text behind an origin, where a line starts, in order. */
    static List<Block> of(String text, int origin) {
        MarkdownScan scan = new MarkdownScan(text);
        // A byte order mark would hide the markup of the first line.
        int at = origin == 0 && text.startsWith("\uFEFF") ? 1 : origin;
        while (at < text.length()) {
            int lineEnd = scan.lineEnd(at);
            int end = scan.isBlank(at, lineEnd) ? scan.next(lineEnd) : scan.block(at, lineEnd);
            at = end < 0 ? scan.parse(at) : end;
        }
        return scan.blocks;
    }

    /** Adds the block that starts with the line if it is plain what it is; says where it ends, or -1. */
    private int block(int at, int lineEnd) {
        char c = text.charAt(at);
        if (c == '#') {
            return heading(at, lineEnd);
        } else if (c == '`') {
            int fence = fence(at, lineEnd);
            return fence != 0 ? fence : paragraph(at, lineEnd);
        } else if ((c == '-' || c == '*' || c == '+') && isItem(at, lineEnd, c)) {
            return list(at, lineEnd, c);
        }
        return paragraph(at, lineEnd);
    }

    private int heading(int at, int lineEnd) {
        int level = 1;
        while (level < 7 && at + level < lineEnd && text.charAt(at + level) == '#') {
            level++;
        }
        int title = at + level + 1;
        if (level > 6 || title >= lineEnd || text.charAt(at + level) != ' ') {
            return -1;
        }
        for (int i = title; i < lineEnd; i++) {
            char c = text.charAt(i);
            boolean plain = Character.isLetterOrDigit(c) && !Character.isSurrogate(c);
            if (!plain && PLAIN_IN_TITLES.indexOf(c) < 0) {
                return -1;
            }
        }
        String name = text.substring(title, lineEnd).strip();
        int end = Breaks.trim(text, at, lineEnd);
        blocks.add(new Block.Heading(at, end, level, name));
        return next(lineEnd);
    }

    /** Where fenced code ends; -1 if that is not plain, 0 if it is not fenced code. */
    private int fence(int at, int lineEnd) {
        int length = run(at, lineEnd, '`');
        if (length < 3) {
            return 0;
        }
        if (text.indexOf('`', at + length, lineEnd) >= 0) {
            return -1;
        }
        int end = next(lineEnd);
        while (end < text.length()) {
            int line = end;
            int close = lineEnd(line);
            end = next(close);
            int start = line + Math.min(run(line, close, ' '), 3);
            int ticks = run(start, close, '`');
            if (ticks >= length && isBlank(start + ticks, close)) {
                break;
            }
        }
        add(at, end, false);
        return end;
    }

    /** A list of single lines in front of a blank one and a place that no list reaches. */
    private int list(int at, int lineEnd, char marker) {
        List<Block> items = new ArrayList<>();
        int line = at;
        int end = lineEnd;
        while (isItem(line, end, marker)) {
            int trimmed = Breaks.trim(text, line, end);
            Block.Text item = new Block.Text(line, trimmed, true);
            items.add(new Block.Group(line, trimmed, List.of(item)));
            line = next(end);
            end = lineEnd(line);
        }
        if (!isBlank(line, end)) {
            return -1;
        }
        int behind = line;
        while (behind < text.length() && isBlank(behind, lineEnd(behind))) {
            behind = next(lineEnd(behind));
        }
        if (behind < text.length() && !isUnreachable(behind)) {
            return -1;
        }
        blocks.add(new Block.Group(at, items.getLast().end(), List.copyOf(items)));
        return behind;
    }

    /** Whether the line is a list's marker, a space and plain text. */
    private boolean isItem(int at, int lineEnd, char marker) {
        return at + 2 < lineEnd
                && text.charAt(at) == marker
                && text.charAt(at + 1) == ' '
                && Character.isLetter(text.charAt(at + 2));
    }

    private int paragraph(int at, int lineEnd) {
        if (!isPlain(at, lineEnd) || (text.charAt(at) == '[' && !isLink(at, lineEnd))) {
            return -1;
        }
        int line = next(lineEnd);
        while (line < text.length()) {
            int end = lineEnd(line);
            int start = line + indent(line, end);
            if (start == end) {
                break;
            }
            if (!isPlain(start, end)) {
                return -1;
            }
            line = next(end);
        }
        add(at, line, true);
        return line;
    }

    /** Whether a line that starts so can be nothing but text of a paragraph. */
    private boolean isPlain(int at, int lineEnd) {
        char c = text.charAt(at);
        if (Character.isLetter(c) || PLAIN_PUNCTUATION.indexOf(c) >= 0 || c == '[') {
            return true;
        }
        char second = at + 1 < lineEnd ? text.charAt(at + 1) : ' ';
        if (c == '*' || c == '_' || c == '`') {
            int length = run(at, lineEnd, c);
            return length < 3
                    && at + length < lineEnd
                    && Character.isLetterOrDigit(text.charAt(at + length));
        }
        if (c >= '0' && c <= '9') {
            int i = at + 1;
            while (i < lineEnd && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                i++;
            }
            return i == lineEnd || (text.charAt(i) != '.' && text.charAt(i) != ')');
        }
        return c > 0x3000 && second > 0x3000;
    }

    /** Whether a line that starts with a bracket cannot be the definition of a link's target. */
    private boolean isLink(int at, int lineEnd) {
        int close = text.indexOf(']', at, lineEnd);
        return close >= 0 && close + 1 < lineEnd && text.charAt(close + 1) == '(';
    }

    /** Parses from a line up to one that nothing before it reaches. */
    private int parse(int from) {
        int to = unreachable(from);
        MarkdownBlocks parsed = MarkdownBlocks.parse(text, from, to);
        while (parsed.isOpen() && to < text.length()) {
            to = unreachable(Math.min(text.length(), to + (to - from)));
            parsed = MarkdownBlocks.parse(text, from, to);
        }
        List<Block> found = parsed.blocks();
        blocks.addAll(found);
        if (found.isEmpty()) {
            add(from, to, false);
        }
        return to;
    }

    /** The next line behind a place that follows a blank one and that nothing before it reaches. */
    private int unreachable(int from) {
        int line = next(lineEnd(from));
        boolean blank = false;
        while (line < text.length()) {
            int end = lineEnd(line);
            if (isBlank(line, end)) {
                blank = true;
            } else if (blank && isUnreachable(line)) {
                return line;
            } else {
                blank = false;
            }
            line = next(end);
        }
        return text.length();
    }

    private boolean isUnreachable(int line) {
        char c = text.charAt(line);
        return " \t-+*".indexOf(c) < 0 && !(c >= '0' && c <= '9');
    }

    private void add(int from, int to, boolean flowing) {
        int start = Breaks.skip(text, from, to);
        int end = Breaks.trim(text, start, to);
        if (start < end) {
            blocks.add(new Block.Text(start, end, flowing));
        }
    }

    private int run(int from, int to, char c) {
        int at = from;
        while (at < to && text.charAt(at) == c) {
            at++;
        }
        return at - from;
    }

    private int indent(int from, int to) {
        int at = from;
        while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at - from;
    }

    private boolean isBlank(int from, int to) {
        return indent(from, to) == to - from;
    }

    private int lineEnd(int from) {
        int feed = text.indexOf('\n', from);
        int end = feed < 0 ? text.length() : feed;
        if (!carriageReturns) {
            return end;
        }
        int carriage = text.indexOf('\r', from, end);
        return carriage < 0 ? end : carriage;
    }

    /** The start of the line behind a line end. */
    private int next(int lineEnd) {
        return Math.min(text.length(), lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1));
    }
}

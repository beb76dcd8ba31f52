package dev.kith.chunking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The blocks of a program: its lines by how deep they are. Deep is what is indented; where hardly a line is, what stands
 * between braces. A definition is a line with deeper lines under it, up to the line that closes it; the lines right above
 * it that annotate or describe it belong to it, and a blank line ends what has no deeper lines.
 */
final class CodeBlocks {
    /** Deeper blocks are lines; keeps recursion shallow on hostile input. */
    private static final int DEEPEST = 32;

    private static final int TAB = 4;

    private final String text;
    /** Where the first character of each line that is not blank stands, and the end of its last one. */
    private final int[] starts;

    private final int[] ends;
    private final int[] depths;
    /** Whether a blank line stands before the line. */
    private final boolean[] apart;

    private CodeBlocks(String text, int[] starts, int[] ends, int[] depths, boolean[] apart) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
        this.depths = depths;
        this.apart = apart;
    }

    /** The blocks of the text in order. */
    static List<Block> of(String text) {
        CodeBlocks blocks = read(text);
        return blocks.blocks(0, blocks.starts.length, 0);
    }

    private static CodeBlocks read(String text) {
        int lines = (int) text.chars().filter(c -> c == '\n' || c == '\r').count() + 1;
        int[] starts = new int[lines];
        int[] ends = new int[lines];
        int[] indents = new int[lines];
        int[] braces = new int[lines];
        boolean[] apart = new boolean[lines];
        int count = 0;
        int indented = 0;
        int open = 0;
        boolean blank = false;
        for (int at = 0; at < text.length(); ) {
            int lineEnd = lineEnd(text, at);
            int start = Breaks.skip(text, at, lineEnd);
            int end = Breaks.trim(text, start, lineEnd);
            if (start < end) {
                starts[count] = start;
                ends[count] = end;
                indents[count] = indent(text, at, start);
                braces[count] = Math.max(0, open - (closes(text.charAt(start)) ? 1 : 0));
                apart[count] = blank;
                indented += indents[count] > 0 ? 1 : 0;
                open = Math.max(0, open + balance(text, start, end));
                count++;
            }
            blank = start == end;
            at = lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1);
        }
        int[] depths = indented * 10 >= count ? indents : braces;
        return new CodeBlocks(
                text, Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), depths, apart);
    }

    private static int lineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private static int indent(String text, int from, int to) {
        int columns = 0;
        for (int i = from; i < to; i++) {
            columns += text.charAt(i) == '\t' ? TAB - columns % TAB : 1;
        }
        return columns;
    }

    private static int balance(String text, int from, int to) {
        int balance = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            balance += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return balance;
    }

    private static boolean closes(char c) {
        return c == '}' || c == ')' || c == ']';
    }

    private List<Block> blocks(int from, int to, int nesting) {
        int base = Integer.MAX_VALUE;
        for (int i = from; i < to; i++) {
            base = Math.min(base, depths[i]);
        }
        List<Block> blocks = new ArrayList<>();
        int first = from;
        boolean body = false;
        for (int i = from; i < to; i++) {
            if (depths[i] > base) {
                body = true;
            } else if (i > first && (body || apart[i]) && !continues(i)) {
                add(blocks, first, i, base, nesting);
                first = i;
                body = false;
            }
        }
        if (first < to) {
            add(blocks, first, to, base, nesting);
        }
        return blocks;
    }

    /** Whether the line belongs to the block before it: it closes, opens or goes on with it. */
    private boolean continues(int line) {
        char c = text.charAt(starts[line]);
        if (closes(c) || c == '{') {
            return true;
        }
        int end = starts[line];
        while (end < ends[line] && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return switch (text.substring(starts[line], Math.min(end, starts[line] + 8))) {
            case "else", "elif", "elsif", "except", "catch", "finally", "rescue", "ensure", "end" ->
                true;
            default -> false;
        };
    }

    /** Adds the lines as one block, or as two if statements stand right above a definition. */
    private void add(List<Block> blocks, int from, int to, int base, int nesting) {
        int body = from;
        while (body < to && depths[body] <= base) {
            body++;
        }
        if (body == to || body == from || nesting == DEEPEST) {
            blocks.add(lines(from, to));
            return;
        }
        int signature = body - 1;
        while (signature > from && continues(signature)) {
            signature--;
        }
        int first = signature;
        while (first > from && describes(first - 1)) {
            first--;
        }
        if (first > from) {
            blocks.add(lines(from, first));
        }
        blocks.add(definition(first, signature, body, to, base, nesting));
    }

    /** Whether the line is a comment or an annotation. */
    private boolean describes(int line) {
        char c = text.charAt(starts[line]);
        return c == '@'
                || c == '#'
                || c == '*'
                || c == '['
                || c == ';'
                || text.startsWith("//", starts[line])
                || text.startsWith("/*", starts[line])
                || text.startsWith("--", starts[line]);
    }

    private Block definition(int first, int signature, int body, int to, int base, int nesting) {
        List<Block> parts = new ArrayList<>();
        int at = body;
        while (at < to) {
            int end = at;
            boolean deeper = depths[at] > base;
            while (end < to && depths[end] > base == deeper) {
                end++;
            }
            if (deeper) {
                parts.addAll(blocks(at, end, nesting + 1));
            } else if (parts.isEmpty()) {
                parts.add(lines(at, end));
            } else {
                // A closing line goes with what it closes.
                Block last = parts.removeLast();
                parts.add(new Block.Group(
                        last.start(), ends[end - 1], List.of(last, lines(at, end))));
            }
            at = end;
        }
        Block.Text header = lines(signature, body);
        if (first == signature) {
            return new Block.Definition(starts[first], ends[to - 1], header, parts);
        }
        Block definition = new Block.Definition(starts[signature], ends[to - 1], header, parts);
        return new Block.Group(
                starts[first], ends[to - 1], List.of(lines(first, signature), definition));
    }

    private Block.Text lines(int from, int to) {
        return new Block.Text(starts[from], ends[to - 1], false);
    }
}

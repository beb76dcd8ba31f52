package dev.kith.chunking;

/**
 * Sentences as Unicode Standard Annex 29 bounds them, in any script, with differences that running text needs: a
 * single line end is a space, not the end of a sentence, and a blank line or a form feed ends one; full stops of
 * {@link Abbreviations} end none; nor do those of numbers at the start of a sentence, as in {@code 1. Introduction}; and an
 * opening bracket starts a sentence even where no space is before it.
 *
 * <p>A boundary never cuts a grapheme cluster. One forward pass, linear in the text.
 */
final class Sentences implements Segments {
    private static final int LONGEST_LABEL = 8;

    private final String text;
    private final int to;
    private final boolean strict;

    /** The sentences of the text before an end. */
    Sentences(String text, int to) {
        this(text, to, false);
    }

    /** @param strict whether abbreviations and numbers end sentences, as the Annex has it */
    Sentences(String text, int to, boolean strict) {
        this.text = text;
        this.to = to;
        this.strict = strict;
    }

    @Override
    public int end(int start) {
        int at = start;
        while (at < to) {
            char c = text.charAt(at);
            if (c > '?' && c < 0x80) {
                at++; // most of what Latin text consists of
            } else if (SentenceClass.mayEnd(c)) {
                int begin = Character.isLowSurrogate(c) && at > start ? at - 1 : at;
                int next = behind(start, begin);
                if (next > 0) {
                    return next;
                }
                at = Math.max(at + 1, -next);
            } else if (isLineEnd(c)) {
                int next = Breaks.skip(text, at, to);
                if (next == to || Breaks.gap(text, at, next, true) == Breaks.PARAGRAPH) {
                    return next;
                }
                at = Math.max(at + 1, next);
            } else {
                at++;
            }
        }
        return to;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\f' || c == '\u2029';
    }

    /** The start of the next sentence if one ends at the terminator; else minus the place to go on from. */
    private int behind(int start, int terminator) {
        int codePoint = text.codePointAt(terminator);
        SentenceClass kind = SentenceClass.of(codePoint);
        int at = skipExtend(terminator + Character.charCount(codePoint));
        if (kind != SentenceClass.STOP && kind != SentenceClass.TERMINATOR) {
            return -at;
        }
        boolean stop = kind == SentenceClass.STOP;
        if (at >= to || (stop && joinsDirectly(start, terminator, at))) {
            return at >= to ? to : -at;
        }
        int closed = skipClosing(at);
        int spaced = skip(
                closed,
                SentenceClass.SPACE,
                strict ? SentenceClass.SPACE : SentenceClass.SEPARATOR);
        if (spaced >= to) {
            return to;
        }
        SentenceClass next = SentenceClass.of(text.codePointAt(spaced));
        if (next == SentenceClass.SEPARATOR) {
            return to; // only where line ends are not spaces
        }
        if (!strict
                && spaced > closed
                && Breaks.gap(text, closed, spaced, true) == Breaks.PARAGRAPH) {
            return boundary(start, spaced);
        }
        if (next == SentenceClass.CONTINUE
                || next == SentenceClass.STOP
                || next == SentenceClass.TERMINATOR
                || (stop && lowerFollows(spaced))
                || (stop && !strict && spaced > at && belongs(start, terminator, spaced))) {
            return -spaced;
        }
        return boundary(start, spaced);
    }

    private int boundary(int start, int pos) {
        return Graphemes.boundary(text, start, pos) ? pos : -pos;
    }

    /** Whether the stop stands before a digit, or between a letter and a capital. */
    private boolean joinsDirectly(int start, int stop, int at) {
        SentenceClass next = SentenceClass.of(text.codePointAt(at));
        if (next == SentenceClass.NUMERIC) {
            return true;
        }
        if (next != SentenceClass.UPPER) {
            return false;
        }
        SentenceClass before = SentenceClass.EXTEND;
        for (int i = stop; i > start && before == SentenceClass.EXTEND; ) {
            int codePoint = text.codePointBefore(i);
            i -= Character.charCount(codePoint);
            before = SentenceClass.of(codePoint);
        }
        return before == SentenceClass.UPPER || before == SentenceClass.LOWER;
    }

    /** Whether the next letter is a small one, before any terminator. */
    private boolean lowerFollows(int from) {
        int at = from;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            switch (SentenceClass.of(codePoint)) {
                case LOWER -> {
                    return true;
                }
                case UPPER, LETTER, STOP, TERMINATOR -> {
                    return false;
                }
                case SEPARATOR -> {
                    if (strict) {
                        return false;
                    }
                }
                default -> {}
            }
            at += Character.charCount(codePoint);
        }
        return false;
    }

    private boolean belongs(int start, int stop, int next) {
        return Abbreviations.at(text, start, stop, text.charAt(next)) || isLabel(start, stop);
    }

    /** Whether there is nothing but a short number before the stop. */
    private boolean isLabel(int start, int stop) {
        int from = Breaks.skip(text, start, stop);
        boolean label = stop - from > 0 && stop - from <= LONGEST_LABEL;
        for (int i = from; i < stop && label; i++) {
            label = !Character.isLetter(text.charAt(i));
        }
        return label;
    }

    /** Skips what closes a sentence; a bracket that opens, as of a quotation in Chinese, starts the next one. */
    private int skipClosing(int from) {
        int at = from;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            boolean opens = Character.getType(codePoint) == Character.START_PUNCTUATION;
            if (SentenceClass.of(codePoint) != SentenceClass.CLOSE || (opens && !strict)) {
                break;
            }
            at = skipExtend(at + Character.charCount(codePoint));
        }
        return Math.min(at, to);
    }

    private int skip(int from, SentenceClass first, SentenceClass second) {
        int at = from;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            SentenceClass kind = SentenceClass.of(codePoint);
            if (kind != first && kind != second) {
                break;
            }
            at = skipExtend(at + Character.charCount(codePoint));
        }
        return Math.min(at, to);
    }

    private int skipExtend(int from) {
        int at = from;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            if (SentenceClass.of(codePoint) != SentenceClass.EXTEND) {
                break;
            }
            at += Character.charCount(codePoint);
        }
        return Math.min(at, to);
    }
}

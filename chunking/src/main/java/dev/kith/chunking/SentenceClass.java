package dev.kith.chunking;

import java.util.Arrays;

/** What a code point means to the end of a sentence: the Sentence_Break property of Unicode 16 (UAX #29, table 4). */
enum SentenceClass {
    /** Marks and format characters, which belong to what they follow. */
    EXTEND,
    SPACE,
    SEPARATOR,
    LOWER,
    UPPER,
    LETTER,
    NUMERIC,
    /** A full stop, which also marks abbreviations. */
    STOP,
    /** Any other terminator. */
    TERMINATOR,
    /** Punctuation that continues a sentence. */
    CONTINUE,
    /** Quotes and brackets. */
    CLOSE,
    OTHER;

    private static final SentenceClass[] ASCII = new SentenceClass[128];
    private static final int[] STOPS = ranges("2e 2024 fe52 ff0e");
    private static final int[] TERMINATORS = ranges(
            "21 3f 589 61d-61f 6d4 700-702 7f9 837 839 83d-83e 964-965"
                    + " 104a-104b 1362 1367-1368 166e 1735-1736 17d4-17d5 1803 1809 1944-1945 1aa8-1aab 1b4e-1b4f 1b5a-1b5b"
                    + " 1b5e-1b5f 1b7d-1b7f 1c3b-1c3c 1c7e-1c7f 203c-203d 2047-2049 2cf9-2cfb 2e2e 2e3c 2e53-2e54 3002 a4ff"
                    + " a60e-a60f a6f3 a6f7 a876-a877 a8ce-a8cf a92f a9c8-a9c9 aa5d-aa5f aaf0-aaf1 abeb fe12 fe15-fe16"
                    + " fe56-fe57 ff01 ff1f ff61 10a56-10a57 10f55-10f59 10f86-10f89 11047-11048 110be-110c1 11141-11143"
                    + " 111c5-111c6 111cd 111de-111df 11238-11239 1123b-1123c 112a9 113d4-113d5 1144b-1144c 115c2-115c3"
                    + " 115c9-115d7 11641-11642 1173c-1173e 11944 11946 11a42-11a43 11a9b-11a9c 11c41-11c42 11ef7-11ef8"
                    + " 11f43-11f44 16a6e-16a6f 16af5 16b37-16b38 16b44 16d6e-16d6f 16e98 1bc9f 1da88");
    private static final int[] CONTINUERS = ranges(
            "2c-2d 3a-3b 37e 55d 60c-60d 7f8 1802 1808 2013-2014 3001 fe10-fe11"
                    + " fe13-fe14 fe31-fe32 fe50-fe51 fe54-fe55 fe58 fe63 ff0c-ff0d ff1a-ff1b ff64");
    /** Those that are no punctuation of a kind that closes. */
    private static final int[] QUOTES =
            ranges("22 27 275b-2760 2e00-2e01 2e06-2e08 2e0b 1f676-1f678");

    private static final int[] SPACES = ranges("9 b-c 20 a0 1680 2000-200a 202f 205f 3000");
    private static final int[] SEPARATORS = ranges("a d 85 2028-2029");
    /** Digits and numeric marks of other categories than digits. */
    private static final int[] NUMBERS = ranges("600-605 66b-66c 6dd 890-891 8e2 19da 110bd 110cd");
    /** Letters that have case elsewhere but not here, such as Georgian. */
    private static final int[] CASELESS = ranges("5f3 10d0-10fa 10fd-10ff 1c90-1cba 1cbd-1cbf");

    static {
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = classify(c);
        }
    }

    static SentenceClass of(int codePoint) {
        return codePoint < ASCII.length ? ASCII[codePoint] : classify(codePoint);
    }

    /** Whether a character may end a sentence; never false for one that does. Low surrogates may. */
    static boolean mayEnd(char c) {
        if (c < ASCII.length) {
            return c == '.' || c == '!' || c == '?';
        }
        // Most of what CJK texts consist of.
        return c > 0x588 && !(c > 0x3002 && c < 0xA4FF) && !(c >= 0xAC00 && c < 0xDC00) && ends(c);
    }

    private static boolean ends(char c) {
        return Character.isLowSurrogate(c) || within(TERMINATORS, c) || within(STOPS, c);
    }

    private static SentenceClass classify(int codePoint) {
        if (within(STOPS, codePoint)) {
            return STOP;
        } else if (within(TERMINATORS, codePoint)) {
            return TERMINATOR;
        } else if (within(CONTINUERS, codePoint)) {
            return CONTINUE;
        } else if (within(SEPARATORS, codePoint)) {
            return SEPARATOR;
        } else if (within(SPACES, codePoint)) {
            return SPACE;
        } else if (within(NUMBERS, codePoint)) {
            return NUMERIC;
        } else if (within(QUOTES, codePoint)) {
            return CLOSE;
        } else if (within(CASELESS, codePoint)) {
            return LETTER;
        }
        return byCategory(codePoint);
    }

    private static SentenceClass byCategory(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT -> EXTEND;
            case Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION -> CLOSE;
            case Character.DECIMAL_DIGIT_NUMBER -> NUMERIC;
            default -> letter(codePoint);
        };
    }

    private static SentenceClass letter(int codePoint) {
        if (codePoint == 0xFF9E || codePoint == 0xFF9F) {
            return EXTEND; // half-width voice marks
        } else if (Character.isLowerCase(codePoint)) {
            return LOWER;
        } else if (Character.isUpperCase(codePoint) || Character.isTitleCase(codePoint)) {
            return UPPER;
        }
        return Character.isAlphabetic(codePoint) ? LETTER : OTHER;
    }

    /** First and last of each range, from hexadecimal. */
    private static int[] ranges(String text) {
        String[] parts = text.split(" ", -1);
        int[] bounds = new int[2 * parts.length];
        for (int i = 0; i < parts.length; i++) {
            String[] range = parts[i].split("-", -1);
            bounds[2 * i] = Integer.parseInt(range[0], 16);
            bounds[2 * i + 1] = Integer.parseInt(range[range.length - 1], 16);
        }
        return bounds;
    }

    private static boolean within(int[] ranges, int codePoint) {
        int at = Arrays.binarySearch(ranges, codePoint);
        // Between two bounds: inside a range if the one before is its first.
        return at >= 0 || (-at - 1) % 2 == 1;
    }
}

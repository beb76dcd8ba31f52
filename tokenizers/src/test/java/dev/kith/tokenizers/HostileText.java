package dev.kith.tokenizers;

import java.util.List;
import java.util.Random;

/** Texts that break tokenizers. */
final class HostileText {
    static final List<String> EXAMPLES = List.of(
            "",
            " ",
            " \t\r\n\u000b\f\u0085\u00a0\u2003\u3000 ",
            "Hello, world! It's 10% off.",
            " two  spaces   and three ",
            "e\u0301te\u0301 \u00e9t\u00e9 A\u0308\u0323 \u1eadx\u0301\u0323\u0308\u0328y",
            "\u0301leading mark, trailing mark\u0301",
            "\u4e2d\u6587\u53e5\u5b50 mixed\u65e5\u672c\u8a9etext \uf900\ufa0e \ud840\udc00",
            "\u3053\u3093\u306b\u3061\u306f \u30ab\u3099 \uac00\u1100\u1161 \ud55c\uad6d\uc5b4",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66 \ud83c\uddea\ud83c\uddfa"
                    + " \ud83d\udc4d\ud83c\udffd \u2764\ufe0f",
            "nul\u0000inside \u0001\u0002 bell\u0007 del\u007f c1\u0085\u009f \ufffd \ufeff soft\u00adhyphen",
            "\u0130stanbul d\u0131\u015f \u0049\u0307 \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3 \u1e9e \ufb01ne",
            "x".repeat(99) + " " + "y".repeat(100) + " " + "z".repeat(101) + " \u00e9".repeat(3),
            "\u00e9".repeat(101) + " " + "e\u0301".repeat(100) + "\ud835\udd4f".repeat(101),
            "[CLS] a [SEP]b[MASK][PAD] [cls] [MASK [UNK]] <s>x</s> <mask>  <mask>y <pad>",
            "##ing ## ##s #tag @user \u00a1hola! \u2026 \u2014 \u201cquoted\u201d \u20ac5 \u00a33 a_b a-b a/b",
            "don't we've they'll I'm you're he'd IT'S '' 'tis ''s ' s 've",
            "12 1 345,678.90 \u00bd \u2167 \u0661\u0662\u0663 x\u00b2 1a2b",
            "\u0627\u0644\u0639\u0631\u0628\u064a\u0651\u0629 \u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd"
                    + " \u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22 \u1019\u103c\u1014\u103a",
            "\ue000private \udb80\udc00 \ufff9 \ufffe \uffff \udbff\udfff",
            "a\nb\r\nc\td\n\n\n  e \n",
            "\u2028line\u2029para\u200bzero\u200cwidth\u200d \u202ertl\u202c \u2066x\u2069");

    private static final List<String> PIECES = List.of(
            "the",
            "ing",
            "Vector",
            "question",
            "'s",
            "'ll",
            " ",
            "  ",
            "\n",
            "\t",
            ".",
            ",",
            "-",
            "_",
            "[MASK]",
            "[SEP]",
            "<mask>",
            "</s>",
            "\u0301",
            "\u0323",
            "\u00e9",
            "\u0130",
            "\u0131",
            "\u00df",
            "\u4e2d",
            "\uac00",
            "\ud83d\ude42",
            "\u200d",
            "\ufe0f",
            "\u0000",
            "\ufffd",
            "\u00ad",
            "\u00a0",
            "7",
            "42",
            "\u00bd",
            "\u0915\u094d",
            "\u03a3",
            "\u2026",
            "\u3000",
            "A",
            "z",
            "\u1100",
            "\u1161");

    private HostileText() {}

    /** Words, marks and code points of every plane in random order, without lone surrogates. */
    static String random(Random random) {
        StringBuilder text = new StringBuilder();
        int size = random.nextInt(40);
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.appendCodePoint(scalar(random, 0x10FFFF));
                case 1 -> text.appendCodePoint(scalar(random, 0x3000));
                case 2 -> text.append((char) random.nextInt(0x80));
                default -> text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }

    private static int scalar(Random random, int max) {
        int c = random.nextInt(max + 1);
        return c >= 0xD800 && c <= 0xDFFF ? ' ' : c;
    }
}

package dev.kith.tokenizers;

import static dev.kith.tokenizers.TokenizerFiles.json;
import static dev.kith.tokenizers.TokenizerFiles.pattern;
import static dev.kith.tokenizers.TokenizerFiles.sequence;
import static dev.kith.tokenizers.TokenizerFiles.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each normalizer against the reference implementation, before a model that has a token for every byte. */
class NormalizersTest {
    private static final List<String> EVERY_CODE_POINT = List.of(
            "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "Precompiled");

    private static Map<String, JsonNode> normalizers() {
        Map<String, JsonNode> all = new TreeMap<>();
        for (String name :
                List.of("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt")) {
            all.put(name, type(name));
        }
        all.put("ByteLevel", type("ByteLevel"));
        all.put("Precompiled", TokenizerFiles.charsmap());
        for (boolean left : new boolean[] {true, false}) {
            for (boolean right : new boolean[] {true, false}) {
                all.put(
                        "Strip " + left + " " + right,
                        type("Strip").put("strip_left", left).put("strip_right", right));
            }
        }
        all.put("Prepend", type("Prepend").put("prepend", "\u2581x"));
        all.put("Replace a text", replace("String", "ti", "_\u00e9_"));
        all.put("Replace by nothing", replace("String", "e", ""));
        all.put("Replace two by one", replace("String", "  ", " "));
        all.put("Replace spaces", replace("Regex", " {2,}", " "));
        all.put("Replace digits", replace("Regex", "\\d+(?!\\d)", "#"));
        all.put("Replace white space", replace("Regex", "\\s+", " "));
        all.put(
                "Sequence",
                sequence(
                        "normalizers",
                        type("NFD"),
                        type("Lowercase"),
                        type("StripAccents"),
                        replace("String", "``", "\""),
                        type("NFC")));
        all.put("as ALBERT", albert());
        all.put(
                "as T5",
                sequence(
                        "normalizers",
                        TokenizerFiles.charsmap(),
                        type("Strip").put("strip_left", false).put("strip_right", true),
                        replace("Regex", " {2,}", "\u2581")));
        all.put("empty Sequence", sequence("normalizers"));
        return all;
    }

    private static JsonNode albert() {
        return sequence(
                "normalizers",
                replace("String", "``", "\""),
                replace("String", "''", "\""),
                type("NFKD"),
                type("StripAccents"),
                type("Lowercase"),
                TokenizerFiles.charsmap());
    }

    private static ObjectNode replace(String kind, String wanted, String content) {
        return pattern(type("Replace"), kind, wanted).put("content", content);
    }

    @TestFactory
    Stream<DynamicTest> equalTheReference() {
        return normalizers().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    try (Reference both = Reference.of("tiny-byte-level-bpe.json", json -> {
                        json.set("normalizer", e.getValue());
                        json.putNull("post_processor");
                        if (e.getKey().equals("ByteLevel")) {
                            json.putNull("pre_tokenizer");
                        }
                    })) {
                        both.compareAll(300);
                        for (long seed = 0; seed < 200; seed++) {
                            both.compare(marks(new Random(seed)), "marks, seed " + seed);
                        }
                        if (EVERY_CODE_POINT.contains(e.getKey())) {
                            both.compareCodePoints();
                        }
                    }
                }));
    }

    /** Letters with many marks, jamo, and what composes with them. */
    private static String marks(Random random) {
        int[] pool =
                json("[101, 97, 111, 121, 233, 7853, 7855, 805, 807, 801, 769, 768, 770, 776, 803, 820, 837, 836,"
                                + " 3953, 3954, 3956, 4352, 4449, 4520, 44032, 44033, 4519, 12363, 12441, 65438, 65398, 2364, 2325,"
                                + " 2392, 1497, 1460, 64285, 119135, 119141, 119150, 8205, 8491, 8486, 32, 64257, 189, 13, 10, 1611,"
                                + " 1617, 1575, 1619, 127466, 127479, 128105, 65039, 8419, 173, 0]")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .toArray();
        StringBuilder text = new StringBuilder();
        int size = 1 + random.nextInt(30);
        for (int i = 0; i < size; i++) {
            text.appendCodePoint(pool[random.nextInt(pool.length)]);
        }
        return text.toString();
    }
}

package dev.kith.tokenizers;

import static dev.kith.tokenizers.TokenizerFiles.json;
import static dev.kith.tokenizers.TokenizerFiles.pattern;
import static dev.kith.tokenizers.TokenizerFiles.sequence;
import static dev.kith.tokenizers.TokenizerFiles.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each pre-tokenizer against the reference implementation, before a model that knows nothing, so that each word is one
 * token and its offsets are the word's.
 */
class PreTokenizersTest {
    private static final List<String> BEHAVIORS =
            List.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");

    private static final List<String> REGEXES = List.of(
            TokenizerFiles.LLAMA_3,
            TokenizerFiles.GPT_4O,
            // GPT-4, with what Ruby's syntax makes of it
            "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+"
                    + "|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
            // BLOOM, CLIP, StarCoder, DeepSeek, and others' parts
            " ?[^(\\s|[.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c])]+",
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                    + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
            "\\p{Han}+|\\p{Hiragana}|\\p{^L}\\P{Lu}",
            "[[:punct:]]|[[:^alpha:][:digit:]]x|\\h{2,}",
            "\\w+|\\W",
            "\\b|\\d",
            "^.|.$",
            "(?=[A-Z])|(?<=,) ",
            "(?<name>e)|(?m:a.)|{|x{,2}y",
            "x*");

    private static Map<String, JsonNode> preTokenizers() {
        Map<String, JsonNode> all = new TreeMap<>();
        all.put("none", json("null"));
        all.put("BertPreTokenizer", type("BertPreTokenizer"));
        all.put("Whitespace", type("Whitespace"));
        all.put("WhitespaceSplit", type("WhitespaceSplit"));
        all.put("CharDelimiterSplit", type("CharDelimiterSplit").put("delimiter", "e"));
        for (boolean single : new boolean[] {true, false}) {
            all.put("Digits " + single, type("Digits").put("individual_digits", single));
        }
        for (String behavior : BEHAVIORS) {
            all.put("Punctuation " + behavior, type("Punctuation").put("behavior", behavior));
            for (boolean invert : new boolean[] {true, false}) {
                String name = "Split " + behavior + (invert ? " inverted" : "");
                all.put(name + " text", split("String", "e", behavior, invert));
                all.put(name + " spaces", split("Regex", "\\s", behavior, invert));
                all.put(name + " empty", split("Regex", "x*|\\d+", behavior, invert));
            }
        }
        for (int i = 0; i < REGEXES.size(); i++) {
            all.put("Split regex " + i, split("Regex", REGEXES.get(i), "Isolated", false));
            all.put("Split regex only " + i, split("Regex", REGEXES.get(i), "Removed", true));
        }
        for (String posix : List.of(
                "\\w", "[[:punct:]]", "[[:alnum:]]", "\\p{L}|\\d", "[[:upper:]]|[[:lower:]]|\\s")) {
            all.put("Split classes " + posix, split("Regex", posix, "Isolated", false));
        }
        for (String scheme : List.of("first", "never", "always")) {
            for (boolean cut : new boolean[] {true, false}) {
                ObjectNode metaspace = type("Metaspace").put("replacement", "\u2581");
                all.put(
                        "Metaspace " + scheme + " " + cut,
                        metaspace.put("prepend_scheme", scheme).put("split", cut));
            }
        }
        all.put(
                "Metaspace of old files",
                json("{'type': 'Metaspace', 'replacement': '_'," + " 'add_prefix_space': true}"));
        all.put("ByteLevel", byteLevel(true, true));
        all.put("ByteLevel without words", byteLevel(true, false));
        all.put(
                "Sequence",
                sequence(
                        "pretokenizers",
                        type("WhitespaceSplit"),
                        type("Digits").put("individual_digits", true),
                        type("Punctuation").put("behavior", "Contiguous"),
                        byteLevel(true, true)));
        all.put(
                "Sequence of Split and Metaspace",
                sequence(
                        "pretokenizers",
                        split("Regex", "[.,\\n]", "MergedWithPrevious", false),
                        type("Metaspace")
                                .put("replacement", "\u2581")
                                .put("prepend_scheme", "first")));
        all.put("empty Sequence", sequence("pretokenizers"));
        return all;
    }

    private static ObjectNode split(String kind, String pattern, String behavior, boolean invert) {
        return pattern(type("Split"), kind, pattern)
                .put("behavior", behavior)
                .put("invert", invert);
    }

    private static ObjectNode byteLevel(boolean prefix, boolean regex) {
        return type("ByteLevel")
                .put("add_prefix_space", prefix)
                .put("trim_offsets", false)
                .put("use_regex", regex);
    }

    @TestFactory
    Stream<DynamicTest> equalTheReference() {
        return preTokenizers().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    ObjectNode model = type("Unigram").put("unk_id", 3);
                    for (String token : List.of("<s>", "<pad>", "</s>", "<unk>")) {
                        model.withArray("/vocab").addArray().add(token).add(0.0);
                    }
                    try (Reference both =
                            Reference.of(TokenizerFiles.file(json("null"), e.getValue(), model))) {
                        if (e.getKey().startsWith("Split classes")) {
                            both.compareCodePoints();
                        }
                        both.compareAll(e.getKey().startsWith("Split regex") ? 150 : 100);
                    }
                }));
    }
}

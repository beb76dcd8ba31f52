package dev.kith.tokenizers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tokenizer files of the kinds whose published vocabularies no artifact carries, with small vocabularies counted out of the
 * project's own documentation.
 */
final class TokenizerFiles {
    static final ObjectMapper MAPPER = new ObjectMapper();

    /** The pre-tokenizer of Llama 3 and, but for the digits, of GPT-4. */
    static final String LLAMA_3 =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** GPT-4o's. */
    static final String GPT_4O =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final List<String> SPECIALS = List.of("<s>", "<pad>", "</s>", "<unk>");

    private static final String CHARSMAP = buildCharsmap();

    private TokenizerFiles() {}

    /** JSON with single quotes. */
    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode type(String name) {
        return MAPPER.createObjectNode().put("type", name);
    }

    static ObjectNode pattern(ObjectNode node, String kind, String pattern) {
        node.putObject("pattern").put(kind, pattern);
        return node;
    }

    static ObjectNode sequence(String list, JsonNode... steps) {
        ObjectNode sequence = type("Sequence");
        sequence.putArray(list).addAll(List.of(steps));
        return sequence;
    }

    /** A file of a model with the special tokens 0 to 3 and {@code <mask>}, which takes the space before it. */
    static ObjectNode file(JsonNode normalizer, JsonNode preTokenizer, ObjectNode model) {
        ObjectNode file = MAPPER.createObjectNode().put("version", "1.0");
        ArrayNode added = file.putArray("added_tokens");
        for (int id = 0; id < SPECIALS.size(); id++) {
            add(added, id, SPECIALS.get(id), false, false);
        }
        add(added, model.path("vocab").size(), "<mask>", true, false);
        file.set("normalizer", normalizer);
        file.set("pre_tokenizer", preTokenizer);
        file.set(
                "post_processor",
                json(
                        "{'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': '<s>', 'type_id': 0}},"
                                + " {'Sequence': {'id': 'A', 'type_id': 0}}, {'SpecialToken': {'id': '</s>', 'type_id': 0}}],"
                                + " 'pair': [{'SpecialToken': {'id': '<s>', 'type_id': 0}}, {'Sequence': {'id': 'A', 'type_id': 0}},"
                                + " {'SpecialToken': {'id': '</s>', 'type_id': 0}}, {'SpecialToken': {'id': '</s>', 'type_id': 0}},"
                                + " {'Sequence': {'id': 'B', 'type_id': 0}}, {'SpecialToken': {'id': '</s>', 'type_id': 0}}],"
                                + " 'special_tokens': {'<s>': {'id': '<s>', 'ids': [0], 'tokens': ['<s>']},"
                                + " '</s>': {'id': '</s>', 'ids': [2], 'tokens': ['</s>']}}}"));
        file.putNull("decoder");
        file.set("model", model);
        return file;
    }

    static void add(
            ArrayNode added, int id, String content, boolean stripLeft, boolean normalized) {
        added.addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", stripLeft)
                .put("rstrip", false)
                .put("normalized", normalized)
                .put("special", !normalized);
    }

    /** The project's documentation and the hostile examples. */
    static String text() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                text.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HostileText.EXAMPLES.stream().limit(12).forEach(text::append);
        return text.toString();
    }

    /** Words as SentencePiece spells them, with their frequencies. */
    private static Map<String, Integer> words(String text, UnaryOperator<String> spelling) {
        Map<String, Integer> words = new TreeMap<>();
        for (String word : text.split("[ \\n]+", -1)) {
            if (!word.isEmpty()) {
                words.merge(spelling.apply(word), 1, Integer::sum);
            }
        }
        return words;
    }

    /** Unigram with the substrings that save most, scored by frequency. */
    static ObjectNode unigram(boolean byteFallback) {
        Map<String, Integer> counts = new HashMap<>();
        words(text(), word -> "\u2581" + word).forEach((word, count) -> {
            int[] starts = codePointStarts(word);
            for (int i = 0; i + 1 < starts.length; i++) {
                for (int j = i + 1; j < starts.length && j <= i + 10; j++) {
                    counts.merge(word.substring(starts[i], starts[j]), count, Integer::sum);
                }
            }
        });
        ObjectNode model = type("Unigram").put("unk_id", 3).put("byte_fallback", byteFallback);
        ArrayNode vocabulary = model.putArray("vocab");
        SPECIALS.forEach(token -> vocabulary.addArray().add(token).add(0.0));
        if (byteFallback) {
            for (int b = 0; b < 256; b++) {
                vocabulary.addArray().add(ByteTokens.name(b)).add(0.0);
            }
        }
        counts.entrySet().stream()
                .filter(e -> !SPECIALS.contains(e.getKey()))
                .sorted(Comparator.<Map.Entry<String, Integer>>comparingInt(
                                e -> -e.getValue() * e.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .limit(4000)
                .forEach(e ->
                        vocabulary.addArray().add(e.getKey()).add(Math.log(e.getValue() / 1e5)));
        return model;
    }

    private static int[] codePointStarts(String word) {
        int size = word.codePointCount(0, word.length());
        int[] starts = new int[size + 1];
        for (int i = 0; i <= size; i++) {
            starts[i] = word.offsetByCodePoints(0, i);
        }
        return starts;
    }

    /**
     * Byte-pair encoding trained on the text.
     *
     * @param spelling how a word is spelled before its characters are merged
     * @param prefix what characters inside a word begin with
     * @param suffix what the last character of a word ends with
     */
    static ObjectNode bpe(
            UnaryOperator<String> spelling, String prefix, String suffix, boolean byteFallback) {
        Map<List<String>, Integer> words = new LinkedHashMap<>();
        Set<String> tokens = new LinkedHashSet<>(SPECIALS);
        for (int b = 0; byteFallback && b < 256; b++) {
            tokens.add(ByteTokens.name(b));
        }
        words(text().substring(0, 40_000), spelling).forEach((word, count) -> {
            List<String> symbols = new ArrayList<>();
            int[] starts = codePointStarts(word);
            for (int i = 0; i + 1 < starts.length; i++) {
                boolean last = i + 2 == starts.length;
                symbols.add((i > 0 ? prefix : "")
                        + word.substring(starts[i], starts[i + 1])
                        + (last ? suffix : ""));
            }
            tokens.addAll(symbols);
            words.merge(symbols, count, Integer::sum);
        });
        ObjectNode model = type("BPE").put("unk_token", "<unk>").put("fuse_unk", false);
        model.put("byte_fallback", byteFallback).put("ignore_merges", false).putNull("dropout");
        model.put("continuing_subword_prefix", prefix.isEmpty() ? null : prefix);
        model.put("end_of_word_suffix", suffix.isEmpty() ? null : suffix);
        ArrayNode merges = model.putArray("merges");
        for (int i = 0; i < 300; i++) {
            Map.Entry<String, Integer> best = mostFrequentPair(words);
            String[] pair = best.getKey().split("\n", 2);
            merges.addArray().add(pair[0]).add(pair[1]);
            String merged = pair[0] + pair[1].substring(prefix.length());
            tokens.add(merged);
            Map<List<String>, Integer> next = new LinkedHashMap<>();
            words.forEach((word, count) ->
                    next.merge(merge(word, pair[0], pair[1], merged), count, Integer::sum));
            words.clear();
            words.putAll(next);
        }
        ObjectNode vocabulary = model.putObject("vocab");
        tokens.forEach(token -> vocabulary.put(token, vocabulary.size()));
        return model;
    }

    private static Map.Entry<String, Integer> mostFrequentPair(Map<List<String>, Integer> words) {
        Map<String, Integer> pairs = new TreeMap<>();
        words.forEach((word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
                pairs.merge(word.get(i) + "\n" + word.get(i + 1), count, Integer::sum);
            }
        });
        return pairs.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    }

    private static List<String> merge(List<String> word, String left, String right, String merged) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < word.size(); i++) {
            if (i + 1 < word.size()
                    && word.get(i).equals(left)
                    && word.get(i + 1).equals(right)) {
                result.add(merged);
                i++;
            } else {
                result.add(word.get(i));
            }
        }
        return result;
    }

    /** A word as byte-level models spell it. */
    static String bytes(String word) {
        NormalizedText text = new NormalizedText();
        text.load(word, 0, word.length());
        new Normalizer.Bytes().normalize(text);
        return text.toString();
    }

    /** Rules like those that multilingual models ship: compatibility forms, controls dropped, spaces made alike. */
    static ObjectNode charsmap() {
        return type("Precompiled").put("precompiled_charsmap", CHARSMAP);
    }

    private static String buildCharsmap() {
        Map<String, String> rules = new TreeMap<>();
        for (int c = 1; c < 0x20000; c++) {
            String text = Character.toString(c);
            int type = Character.getType(c);
            if (type == Character.UNASSIGNED || (c >= 0xAC00 && c < 0xF900)) {
                continue;
            }
            String form = java.text.Normalizer.normalize(text, Form.NFKC);
            if (!form.equals(text)) {
                rules.put(text, form);
            }
        }
        for (char letter : "aeiouAEIOUnc\u0438\u03b1".toCharArray()) {
            for (char mark : "\u0300\u0301\u0303\u0308\u0327".toCharArray()) {
                String pair = letter + "" + mark;
                rules.put(pair, java.text.Normalizer.normalize(pair, Form.NFC));
            }
        }
        for (int c = 1; c < 0x20; c++) {
            rules.put(Character.toString(c), "");
        }
        for (String space : "\t,\n,\r,\u200b,\u200e,\u2028,\ufeff,\ufffd,\u1680".split(",", -1)) {
            rules.put(space, " ");
        }
        rules.put("\u00ad", "");
        rules.put("z", "ss");
        rules.put("\ud83d\ude42", ":-)");
        return CharsmapBuilder.build(rules);
    }
}

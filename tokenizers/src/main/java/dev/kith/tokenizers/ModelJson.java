package dev.kith.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the model of a {@code tokenizer.json}. */
final class ModelJson {
    private static final String SUPPORTED = "WordPiece, BPE, Unigram";
    /** Ids are indexes of tables; no vocabulary comes near. */
    private static final int MAX_ID = (1 << 24) - 1;

    private final Json json;
    private final JsonNode node;

    ModelJson(Json json, JsonNode node) {
        this.json = json;
        this.node = node;
    }

    /** Files of the first versions name no type; merges tell. */
    private String type() throws IOException {
        return json.text(node, "type", node.has("merges") ? "BPE" : "WordPiece");
    }

    /** From tokens to ids. */
    Map<String, Integer> vocabulary() throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        if (type().equals("Unigram")) {
            for (JsonNode entry : json.list(node, "vocab")) {
                ids.put(entry.path(0).asText(), ids.size());
            }
            return ids;
        }
        JsonNode vocabulary = json.required(node, "vocab");
        if (!vocabulary.isObject()) {
            throw json.failure("the model's 'vocab' is not an object");
        }
        for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
            JsonNode id = entry.getValue();
            if (!id.isInt() || id.intValue() < 0 || id.intValue() > MAX_ID) {
                throw json.failure("the id of '" + entry.getKey() + "' is " + id);
            }
            ids.put(entry.getKey(), id.intValue());
        }
        return ids;
    }

    Model model(Map<String, Integer> vocabulary) throws IOException {
        return switch (type()) {
            case "WordPiece" ->
                new WordPiece(
                        vocabulary,
                        json.text(node, "continuing_subword_prefix", "##"),
                        idOf(vocabulary, json.text(node, "unk_token", "[UNK]")),
                        json.integer(node, "max_input_chars_per_word", 100));
            case "BPE" -> bpe(vocabulary);
            case "Unigram" -> unigram();
            default -> throw json.unsupported("model", node, SUPPORTED);
        };
    }

    private Unigram unigram() throws IOException {
        List<Unigram.Scored> tokens = new ArrayList<>();
        for (JsonNode entry : json.list(node, "vocab")) {
            if (!entry.path(0).isTextual() || !entry.path(1).isNumber()) {
                throw json.failure("a token of Unigram is not a text and a score: " + entry);
            }
            tokens.add(
                    new Unigram.Scored(entry.path(0).textValue(), entry.path(1).doubleValue()));
        }
        int unknown = json.integer(node, "unk_id");
        if (unknown >= tokens.size()) {
            throw json.failure("'unk_id' is " + unknown + " of " + tokens.size() + " tokens");
        }
        return new Unigram(tokens, unknown, json.flag(node, "byte_fallback", false));
    }

    private Bpe bpe(Map<String, Integer> vocabulary) throws IOException {
        JsonNode dropout = node.path("dropout");
        if (!Json.absent(dropout) && !(dropout.isNumber() && dropout.doubleValue() == 0)) {
            throw json.failure("BPE with dropout is not supported: " + dropout);
        }
        String prefix = json.text(node, "continuing_subword_prefix", "");
        String unknown = json.text(node, "unk_token", "");
        Bpe.Settings settings = new Bpe.Settings(
                unknown.isEmpty() ? Bpe.Settings.NONE : idOf(vocabulary, unknown),
                json.flag(node, "fuse_unk", false),
                json.flag(node, "ignore_merges", false),
                json.flag(node, "byte_fallback", false),
                prefix,
                json.text(node, "end_of_word_suffix", ""));
        if (settings.byteFallback()) {
            checkBytes(vocabulary, settings);
        }
        return new Bpe(vocabulary, merges(vocabulary, prefix.length()), settings);
    }

    private void checkBytes(Map<String, Integer> vocabulary, Bpe.Settings settings)
            throws IOException {
        if (settings.affixes()) {
            throw json.failure("BPE with byte_fallback is not supported together with"
                    + " continuing_subword_prefix or end_of_word_suffix");
        }
        for (int b = 0; b < 256; b++) {
            idOf(vocabulary, ByteTokens.name(b));
        }
    }

    /** Merges are pairs, or in older files strings with a space between. */
    private Pairs merges(Map<String, Integer> vocabulary, int prefix) throws IOException {
        JsonNode list = json.list(node, "merges");
        Pairs merges = new Pairs(list.size());
        long rank = 0;
        for (JsonNode merge : list) {
            String[] pair = merge.isArray()
                    ? new String[] {merge.path(0).asText(), merge.path(1).asText()}
                    : merge.asText().split(" ", 2);
            if (pair.length != 2 || pair[1].length() < prefix) {
                throw json.failure("merge " + rank + " is not a pair: " + merge);
            }
            int left = idOf(vocabulary, pair[0]);
            int right = idOf(vocabulary, pair[1]);
            int merged = idOf(vocabulary, pair[0] + pair[1].substring(prefix));
            merges.put(left, right, rank++ << 32 | merged);
        }
        return merges;
    }

    private int idOf(Map<String, Integer> vocabulary, String token) throws IOException {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw json.failure("the vocabulary has no token '" + token + "'");
        }
        return id;
    }
}

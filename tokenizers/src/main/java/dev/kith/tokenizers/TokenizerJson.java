package dev.kith.tokenizers;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a {@code tokenizer.json}: each component is made, or refused by its name. */
final class TokenizerJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String file;
    private final JsonNode root;

    private TokenizerJson(String file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static HuggingFaceTokenizer parse(String file, byte[] json) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        return new TokenizerJson(file, root).tokenizer(identity(json));
    }

    private static String identity(byte[] json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
            return "tokenizer-1:" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private HuggingFaceTokenizer tokenizer(String identity) throws IOException {
        Model model = model(required(root, "model"));
        BertNormalizer normalizer = normalizer(root.path("normalizer"));
        List<AddedTokens.Added> raw = new ArrayList<>();
        List<AddedTokens.Added> normalized = new ArrayList<>();
        Map<String, Integer> addedIds = new HashMap<>();
        for (JsonNode node : root.path("added_tokens")) {
            AddedTokens.Added added = added(node);
            addedIds.put(added.content(), added.id());
            if (!node.path("normalized").asBoolean(true)) {
                raw.add(added);
            } else {
                normalized.add(normalizer == null ? added : normalized(added, normalizer));
            }
        }
        Template template =
                new TemplateJson(this, addedIds, model).parse(root.path("post_processor"));
        return new HuggingFaceTokenizer(new HuggingFaceTokenizer.Parts(
                identity,
                normalizer,
                preTokenizer(root.path("pre_tokenizer")),
                model,
                template,
                trimming(template),
                new AddedTokens(raw),
                new AddedTokens(normalized),
                addedIds,
                padId(addedIds)));
    }

    private @Nullable OffsetTrimming trimming(Template template) throws IOException {
        if (template.trim() == Template.Trim.NONE) {
            return null;
        }
        boolean prefixed = template.trim() == Template.Trim.ALL_BUT_PREFIX;
        return new OffsetTrimming(vocabulary(root.path("model").path("vocab")), prefixed);
    }

    private AddedTokens.Added added(JsonNode node) throws IOException {
        return new AddedTokens.Added(
                integer(node, "id"),
                text(node, "content"),
                node.path("single_word").asBoolean(),
                node.path("lstrip").asBoolean(),
                node.path("rstrip").asBoolean());
    }

    private static AddedTokens.Added normalized(
            AddedTokens.Added added, BertNormalizer normalizer) {
        NormalizedText text = new NormalizedText();
        text.load(added.content(), 0, added.content().length());
        normalizer.normalize(text);
        String content = new String(text.chars(), 0, text.size());
        return new AddedTokens.Added(
                added.id(), content, added.singleWord(), added.stripLeft(), added.stripRight());
    }

    private int padId(Map<String, Integer> addedIds) {
        JsonNode configured = root.path("padding").path("pad_id");
        if (configured.isInt()) {
            return configured.intValue();
        }
        return addedIds.getOrDefault("[PAD]", addedIds.getOrDefault("<pad>", 0));
    }

    private @Nullable BertNormalizer normalizer(JsonNode node) throws IOException {
        if (absent(node)) {
            return null;
        }
        expectType(node, "normalizer", "BertNormalizer");
        boolean lowercase = node.path("lowercase").asBoolean(true);
        return new BertNormalizer(new BertNormalizer.Settings(
                node.path("clean_text").asBoolean(true),
                node.path("handle_chinese_chars").asBoolean(true),
                node.path("strip_accents").asBoolean(lowercase),
                lowercase));
    }

    private @Nullable PreTokenizer preTokenizer(JsonNode node) throws IOException {
        if (absent(node)) {
            return null;
        }
        return switch (type(node)) {
            case "BertPreTokenizer" -> new BertPreTokenizer();
            case "ByteLevel" ->
                new ByteLevel(
                        node.path("add_prefix_space").asBoolean(true),
                        node.path("use_regex").asBoolean(true));
            default -> throw unsupported("pre_tokenizer", node, "BertPreTokenizer, ByteLevel");
        };
    }

    private Model model(JsonNode node) throws IOException {
        Map<String, Integer> vocabulary = vocabulary(required(node, "vocab"));
        return switch (modelType(node)) {
            case "WordPiece" -> {
                String unknown = node.path("unk_token").asText("[UNK]");
                yield new WordPiece(
                        vocabulary,
                        node.path("continuing_subword_prefix").asText("##"),
                        idOf(vocabulary, unknown),
                        node.path("max_input_chars_per_word").asInt(100));
            }
            case "BPE" -> bpe(node, vocabulary);
            default -> throw unsupported("model", node, "WordPiece, BPE");
        };
    }

    /** Files of the first versions name no type; merges tell. */
    private static String modelType(JsonNode node) {
        return node.path("type").asText(node.has("merges") ? "BPE" : "WordPiece");
    }

    private Bpe bpe(JsonNode node, Map<String, Integer> vocabulary) throws IOException {
        for (String name : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
            JsonNode value = node.path(name);
            if (!absent(value) && !value.asText().isEmpty() && value.asDouble(1) != 0) {
                throw new IOException(file + ": BPE with " + name + " is not supported: " + value);
            }
        }
        if (node.path("byte_fallback").asBoolean()) {
            throw new IOException(file + ": BPE with byte_fallback is not supported");
        }
        JsonNode unknown = node.path("unk_token");
        return new Bpe(
                vocabulary,
                merges(required(node, "merges"), vocabulary),
                new Bpe.Settings(
                        absent(unknown) ? Bpe.Settings.NONE : idOf(vocabulary, unknown.asText()),
                        node.path("fuse_unk").asBoolean(),
                        node.path("ignore_merges").asBoolean()));
    }

    /** Merges are pairs, or in older files strings with a space between. */
    private Merges merges(JsonNode node, Map<String, Integer> vocabulary) throws IOException {
        Merges merges = new Merges(node.size());
        int rank = 0;
        for (JsonNode merge : node) {
            String[] pair = merge.isArray()
                    ? new String[] {merge.path(0).asText(), merge.path(1).asText()}
                    : merge.asText().split(" ", 2);
            if (pair.length != 2) {
                throw new IOException(file + ": merge " + rank + " is not a pair: " + merge);
            }
            merges.put(
                    idOf(vocabulary, pair[0]),
                    idOf(vocabulary, pair[1]),
                    rank++,
                    idOf(vocabulary, pair[0] + pair[1]));
        }
        return merges;
    }

    private Map<String, Integer> vocabulary(JsonNode node) throws IOException {
        if (!node.isObject()) {
            throw new IOException(file + ": the model's vocab is not an object");
        }
        Map<String, Integer> vocabulary = HashMap.newHashMap(node.size());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isInt() || entry.getValue().intValue() < 0) {
                throw new IOException(
                        file + ": the id of '" + entry.getKey() + "' is " + entry.getValue());
            }
            vocabulary.put(entry.getKey(), entry.getValue().intValue());
        }
        return vocabulary;
    }

    private int idOf(Map<String, Integer> vocabulary, String token) throws IOException {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw new IOException(file + ": the vocabulary has no token '" + token + "'");
        }
        return id;
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static String type(JsonNode node) {
        return node.path("type").asText();
    }

    void expectType(JsonNode node, String role, String type) throws IOException {
        if (!type(node).equals(type)) {
            throw unsupported(role, node, type);
        }
    }

    IOException unsupported(String role, JsonNode node, String supported) {
        return new IOException(
                file + ": " + role + " '" + type(node) + "' is not supported, only " + supported);
    }

    JsonNode required(JsonNode node, String name) throws IOException {
        JsonNode value = node.path(name);
        if (absent(value)) {
            throw new IOException(file + ": '" + name + "' is missing");
        }
        return value;
    }

    int integer(JsonNode node, String name) throws IOException {
        JsonNode value = required(node, name);
        if (!value.isInt()) {
            throw new IOException(file + ": '" + name + "' is not an integer: " + value);
        }
        return value.intValue();
    }

    String text(JsonNode node, String name) throws IOException {
        return required(node, name).asText();
    }
}

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
        boolean noneAdded = absent(root.path("added_tokens"));
        for (JsonNode node : noneAdded ? List.<JsonNode>of() : list(root, "added_tokens")) {
            AddedTokens.Added added = added(node);
            addedIds.put(added.content(), added.id());
            if (!flag(node, "normalized", true)) {
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
                flag(node, "single_word", false),
                flag(node, "lstrip", false),
                flag(node, "rstrip", false));
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
        boolean lowercase = flag(node, "lowercase", true);
        return new BertNormalizer(new BertNormalizer.Settings(
                flag(node, "clean_text", true),
                flag(node, "handle_chinese_chars", true),
                flag(node, "strip_accents", lowercase),
                lowercase));
    }

    private @Nullable PreTokenizer preTokenizer(JsonNode node) throws IOException {
        if (absent(node)) {
            return null;
        }
        return switch (type(node)) {
            case "BertPreTokenizer" -> new BertPreTokenizer();
            case "ByteLevel" ->
                new ByteLevel(flag(node, "add_prefix_space", true), flag(node, "use_regex", true));
            default -> throw unsupported("pre_tokenizer", node, "BertPreTokenizer, ByteLevel");
        };
    }

    private Model model(JsonNode node) throws IOException {
        Map<String, Integer> vocabulary = vocabulary(required(node, "vocab"));
        return switch (modelType(node)) {
            case "WordPiece" -> {
                String unknown = text(node, "unk_token", "[UNK]");
                yield new WordPiece(
                        vocabulary,
                        text(node, "continuing_subword_prefix", "##"),
                        idOf(vocabulary, unknown),
                        integer(node, "max_input_chars_per_word", 100));
            }
            case "BPE" -> bpe(node, vocabulary);
            default -> throw unsupported("model", node, "WordPiece, BPE");
        };
    }

    /** Files of the first versions name no type; merges tell. */
    private String modelType(JsonNode node) throws IOException {
        return text(node, "type", node.has("merges") ? "BPE" : "WordPiece");
    }

    private Bpe bpe(JsonNode node, Map<String, Integer> vocabulary) throws IOException {
        for (String name : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
            JsonNode value = node.path(name);
            boolean off =
                    value.isNumber() ? value.doubleValue() == 0 : value.asText().isEmpty();
            if (!absent(value) && (value.isContainerNode() || !off)) {
                throw failure("BPE with " + name + " is not supported: " + value);
            }
        }
        if (flag(node, "byte_fallback", false)) {
            throw failure("BPE with byte_fallback is not supported");
        }
        boolean unknown = !absent(node.path("unk_token"));
        return new Bpe(
                vocabulary,
                merges(list(node, "merges"), vocabulary),
                new Bpe.Settings(
                        unknown ? idOf(vocabulary, text(node, "unk_token")) : Bpe.Settings.NONE,
                        flag(node, "fuse_unk", false),
                        flag(node, "ignore_merges", false)));
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
                throw failure("merge " + rank + " is not a pair: " + merge);
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
            throw failure("the model's 'vocab' is not an object");
        }
        Map<String, Integer> vocabulary = HashMap.newHashMap(node.size());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isInt() || entry.getValue().intValue() < 0) {
                throw failure("the id of '" + entry.getKey() + "' is " + entry.getValue());
            }
            vocabulary.put(entry.getKey(), entry.getValue().intValue());
        }
        return vocabulary;
    }

    private int idOf(Map<String, Integer> vocabulary, String token) throws IOException {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw failure("the vocabulary has no token '" + token + "'");
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
        return failure(role + " '" + type(node) + "' is not supported, only " + supported);
    }

    JsonNode required(JsonNode node, String name) throws IOException {
        JsonNode value = node.path(name);
        if (absent(value)) {
            throw failure("'" + name + "' is missing");
        }
        return value;
    }

    JsonNode list(JsonNode node, String name) throws IOException {
        JsonNode value = required(node, name);
        if (!value.isArray()) {
            throw failure("'" + name + "' is not an array: " + value);
        }
        return value;
    }

    boolean flag(JsonNode node, String name, boolean missing) throws IOException {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return missing;
        }
        if (!value.isBoolean()) {
            throw failure("'" + name + "' is neither true nor false: " + value);
        }
        return value.booleanValue();
    }

    /** A number that is not negative. */
    int integer(JsonNode node, String name) throws IOException {
        return natural(required(node, name), name);
    }

    int integer(JsonNode node, String name, int missing) throws IOException {
        return absent(node.path(name)) ? missing : integer(node, name);
    }

    int natural(JsonNode value, String name) throws IOException {
        if (!value.isInt() || value.intValue() < 0) {
            throw failure("'" + name + "' is not an integer from 0: " + value);
        }
        return value.intValue();
    }

    String text(JsonNode node, String name) throws IOException {
        JsonNode value = required(node, name);
        if (!value.isTextual()) {
            throw failure("'" + name + "' is not a text: " + value);
        }
        return value.textValue();
    }

    String text(JsonNode node, String name, String missing) throws IOException {
        return absent(node.path(name)) ? missing : text(node, name);
    }

    IOException failure(String what) {
        return new IOException(file + ": " + what);
    }
}

package dev.kith.tokenizers;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.tokenizers.AddedTokens.Added;
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

    private final Json json;
    private final JsonNode root;

    private TokenizerJson(Json json, JsonNode root) {
        this.json = json;
        this.root = root;
    }

    static HuggingFaceTokenizer parse(String file, byte[] bytes) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        return new TokenizerJson(new Json(file), root).tokenizer(identity(bytes));
    }

    private static String identity(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "tokenizer-1:" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private HuggingFaceTokenizer tokenizer(String identity) throws IOException {
        ModelJson models = new ModelJson(json, json.required(root, "model"));
        Map<String, Integer> vocabulary = models.vocabulary();
        Model model = models.model(vocabulary);
        Normalizer normalizer = new NormalizerJson(json).parse(root.path("normalizer"));
        List<Added> raw = new ArrayList<>();
        List<Added> normalized = new ArrayList<>();
        Map<String, Integer> addedIds = new HashMap<>();
        boolean noneAdded = Json.absent(root.path("added_tokens"));
        for (JsonNode node : noneAdded ? List.<JsonNode>of() : json.list(root, "added_tokens")) {
            Added added = added(node);
            addedIds.put(added.content(), added.id());
            if (!json.flag(node, "normalized", true)) {
                raw.add(added);
            } else {
                normalized.add(normalizer == null ? added : normalized(added, normalizer));
            }
        }
        Template template =
                new TemplateJson(json, addedIds, model).parse(root.path("post_processor"));
        return new HuggingFaceTokenizer(new HuggingFaceTokenizer.Parts(
                identity,
                normalizer,
                new PreTokenizerJson(json).parse(root.path("pre_tokenizer")),
                model,
                template,
                trimming(template, vocabulary),
                new AddedTokens(raw),
                new AddedTokens(normalized),
                addedIds,
                padId(addedIds)));
    }

    private static @Nullable OffsetTrimming trimming(
            Template template, Map<String, Integer> vocabulary) {
        if (template.trim() == Template.Trim.NONE) {
            return null;
        }
        return new OffsetTrimming(vocabulary, template.trim() == Template.Trim.ALL_BUT_PREFIX);
    }

    private Added added(JsonNode node) throws IOException {
        return new Added(
                json.integer(node, "id"),
                json.text(node, "content"),
                json.flag(node, "single_word", false),
                json.flag(node, "lstrip", false),
                json.flag(node, "rstrip", false));
    }

    private static Added normalized(Added added, Normalizer normalizer) {
        NormalizedText text = new NormalizedText();
        text.load(added.content(), 0, added.content().length());
        normalizer.normalize(text);
        return new Added(
                added.id(),
                text.toString(),
                added.singleWord(),
                added.stripLeft(),
                added.stripRight());
    }

    private int padId(Map<String, Integer> addedIds) {
        JsonNode configured = root.path("padding").path("pad_id");
        if (configured.isInt()) {
            return configured.intValue();
        }
        return addedIds.getOrDefault("[PAD]", addedIds.getOrDefault("<pad>", 0));
    }
}

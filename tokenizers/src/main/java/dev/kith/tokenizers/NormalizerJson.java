package dev.kith.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the normalizer of a {@code tokenizer.json}. */
final class NormalizerJson {
    private static final String SUPPORTED = "BertNormalizer, ByteLevel, Lowercase, NFC, NFD, NFKC,"
            + " NFKD, Nmt, Precompiled, Prepend, Replace, Sequence, Strip, StripAccents";

    private final Json json;

    NormalizerJson(Json json) {
        this.json = json;
    }

    @Nullable
    Normalizer parse(JsonNode node) throws IOException {
        return Json.absent(node) ? null : normalizer(node);
    }

    private Normalizer normalizer(JsonNode node) throws IOException {
        return switch (Json.type(node)) {
            case "BertNormalizer" -> bert(node);
            case "ByteLevel" -> new Normalizer.Bytes();
            case "Lowercase" -> new Normalizer.Lowercase();
            case "NFC", "NFD", "NFKC", "NFKD" ->
                new UnicodeNormalizer(Form.valueOf(Json.type(node)));
            case "Nmt" -> new Normalizer.Nmt();
            case "Precompiled" -> charsmap(json.text(node, "precompiled_charsmap"));
            case "Prepend" -> new Normalizer.Prepend(json.text(node, "prepend"));
            case "Replace" ->
                new Replace(
                        new PatternJson(json).parse(json.required(node, "pattern")),
                        json.text(node, "content"));
            case "Sequence" -> sequence(json.list(node, "normalizers"));
            case "Strip" ->
                new Normalizer.Strip(
                        json.flag(node, "strip_left", true), json.flag(node, "strip_right", true));
            case "StripAccents" -> new Normalizer.StripAccents();
            default -> throw json.unsupported("normalizer", node, SUPPORTED);
        };
    }

    private Normalizer sequence(JsonNode list) throws IOException {
        List<Normalizer> steps = new ArrayList<>();
        for (JsonNode node : list) {
            steps.add(normalizer(node));
        }
        return new Normalizer.Sequence(List.copyOf(steps));
    }

    private BertNormalizer bert(JsonNode node) throws IOException {
        boolean lowercase = json.flag(node, "lowercase", true);
        return new BertNormalizer(new BertNormalizer.Settings(
                json.flag(node, "clean_text", true),
                json.flag(node, "handle_chinese_chars", true),
                json.flag(node, "strip_accents", lowercase),
                lowercase));
    }

    private Charsmap charsmap(String base64) throws IOException {
        try {
            return new Charsmap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw json.failure("'precompiled_charsmap' is no such map: " + e.getMessage());
        }
    }
}

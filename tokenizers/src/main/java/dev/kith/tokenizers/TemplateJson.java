package dev.kith.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kith.tokenizers.Template.Piece;
import dev.kith.tokenizers.Template.Trim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the post-processor of a {@code tokenizer.json}. */
final class TemplateJson {
    private static final String SUPPORTED =
            "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence";

    private final Json json;
    private final Map<String, Integer> addedIds;
    private final Model model;

    TemplateJson(Json json, Map<String, Integer> addedIds, Model model) {
        this.json = json;
        this.addedIds = addedIds;
        this.model = model;
    }

    Template parse(JsonNode node) throws IOException {
        return Json.absent(node) ? Template.NONE : parse(node, Template.NONE);
    }

    /** What a processor makes of the template that those before it made. */
    private Template parse(JsonNode node, Template before) throws IOException {
        return switch (Json.type(node)) {
            case "TemplateProcessing" ->
                new Template(
                        pieces(node, json.list(node, "single")),
                        pieces(node, json.list(node, "pair")),
                        before.trim());
            case "BertProcessing" ->
                around(special(node, "cls"), special(node, "sep"), false, before);
            case "RobertaProcessing" ->
                around(
                        special(node, "cls"),
                        special(node, "sep"),
                        true,
                        before.withTrim(trim(node)));
            case "ByteLevel" -> before.withTrim(trim(node));
            case "Sequence" -> {
                Template template = before;
                for (JsonNode processor : json.list(node, "processors")) {
                    template = parse(processor, template);
                }
                yield template;
            }
            default -> throw json.unsupported("post_processor", node, SUPPORTED);
        };
    }

    private Trim trim(JsonNode node) throws IOException {
        if (!json.flag(node, "trim_offsets", true)) {
            return Trim.NONE;
        }
        return json.flag(node, "add_prefix_space", true) ? Trim.ALL_BUT_PREFIX : Trim.ALL;
    }

    /** [CLS] A [SEP] B [SEP]: the second text of its own type, or, as RoBERTa has it, behind a doubled separator. */
    private static Template around(
            List<Integer> cls, List<Integer> sep, boolean doubled, Template before) {
        List<Piece> single = List.of(
                new Piece.Special(cls, 0), new Piece.Text(false, 0), new Piece.Special(sep, 0));
        int secondType = doubled ? 0 : 1;
        List<Piece> pair = new ArrayList<>(single);
        if (doubled) {
            pair.add(new Piece.Special(sep, 0));
        }
        pair.add(new Piece.Text(true, secondType));
        pair.add(new Piece.Special(sep, secondType));
        return new Template(single, List.copyOf(pair), before.trim());
    }

    /** The id of {@code "cls": ["[CLS]", 101]}. */
    private List<Integer> special(JsonNode node, String name) throws IOException {
        JsonNode pair = json.required(node, name);
        return List.of(json.natural(pair.path(1), name));
    }

    private List<Piece> pieces(JsonNode processor, JsonNode template) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (JsonNode node : template) {
            if (node.has("Sequence")) {
                JsonNode sequence = node.path("Sequence");
                boolean second = json.text(sequence, "id").equals("B");
                pieces.add(new Piece.Text(second, json.integer(sequence, "type_id", 0)));
            } else {
                JsonNode special = json.required(node, "SpecialToken");
                List<Integer> ids = ids(processor, json.text(special, "id"));
                pieces.add(new Piece.Special(ids, json.integer(special, "type_id", 0)));
            }
        }
        return List.copyOf(pieces);
    }

    private List<Integer> ids(JsonNode processor, String name) throws IOException {
        JsonNode listed = processor.path("special_tokens").path(name).path("ids");
        if (listed.isArray()) {
            List<Integer> ids = new ArrayList<>();
            for (JsonNode id : listed) {
                ids.add(json.natural(id, "ids"));
            }
            return List.copyOf(ids);
        }
        int id = addedIds.containsKey(name) ? addedIds.get(name) : model.id(name);
        if (id < 0) {
            throw json.failure("post_processor: no token '" + name + "'");
        }
        return List.of(id);
    }
}

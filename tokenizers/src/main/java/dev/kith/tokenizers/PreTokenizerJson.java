package dev.kith.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the pre-tokenizer of a {@code tokenizer.json}. */
final class PreTokenizerJson {
    private static final String SUPPORTED =
            "BertPreTokenizer, ByteLevel, CharDelimiterSplit, Digits,"
                    + " Metaspace, Punctuation, Sequence, Split, Whitespace, WhitespaceSplit";

    private final Json json;

    PreTokenizerJson(Json json) {
        this.json = json;
    }

    @Nullable
    PreTokenizer parse(JsonNode node) throws IOException {
        return Json.absent(node) ? null : preTokenizer(node);
    }

    private PreTokenizer preTokenizer(JsonNode node) throws IOException {
        return switch (Json.type(node)) {
            case "BertPreTokenizer" -> new BertPreTokenizer();
            case "ByteLevel" ->
                new ByteLevel(
                        json.flag(node, "add_prefix_space", true),
                        json.flag(node, "use_regex", true));
            case "CharDelimiterSplit" -> {
                int delimiter = character(node, "delimiter", null);
                yield Split.around(c -> c == delimiter, Split.Behavior.REMOVED);
            }
            case "Digits" ->
                Split.around(
                        Categories::isNumber,
                        json.flag(node, "individual_digits", false)
                                ? Split.Behavior.ISOLATED
                                : Split.Behavior.CONTIGUOUS);
            case "Metaspace" -> metaspace(node);
            case "Punctuation" ->
                Split.around(
                        Categories::isPunctuation,
                        behavior(json.text(node, "behavior", "Isolated")));
            case "Sequence" -> sequence(json.list(node, "pretokenizers"));
            case "Split" ->
                new Split(
                        new PatternJson(json).parse(json.required(node, "pattern")),
                        behavior(json.text(node, "behavior")),
                        json.flag(node, "invert", false));
            case "Whitespace" -> Split.atWordBoundaries();
            case "WhitespaceSplit" ->
                Split.around(Categories::isWhiteSpace, Split.Behavior.REMOVED);
            default -> throw json.unsupported("pre_tokenizer", node, SUPPORTED);
        };
    }

    private PreTokenizer sequence(JsonNode list) throws IOException {
        List<PreTokenizer> steps = new ArrayList<>();
        for (JsonNode node : list) {
            steps.add(preTokenizer(node));
        }
        return new PreTokenizer.Sequence(List.copyOf(steps));
    }

    /** Files of the first versions say with {@code add_prefix_space} whether there is a prefix. */
    private Metaspace metaspace(JsonNode node) throws IOException {
        int space = character(node, "replacement", "\u2581");
        if (!Character.isBmpCodePoint(space)) {
            throw json.failure("Metaspace with replacement U+" + Integer.toHexString(space)
                    + " is not supported, only one of the basic plane");
        }
        boolean prefixed = json.flag(node, "add_prefix_space", true);
        String scheme = json.text(node, "prepend_scheme", prefixed ? "always" : "never");
        Metaspace.Prefix prefix = switch (scheme) {
            case "first" -> Metaspace.Prefix.FIRST;
            case "never" -> Metaspace.Prefix.NEVER;
            case "always" -> Metaspace.Prefix.ALWAYS;
            default ->
                throw json.failure("Metaspace with prepend_scheme '" + scheme
                        + "' is not supported, only first, never, always");
        };
        return new Metaspace((char) space, prefix, json.flag(node, "split", true));
    }

    private int character(JsonNode node, String name, @Nullable String missing) throws IOException {
        String text = missing == null ? json.text(node, name) : json.text(node, name, missing);
        if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
            throw json.failure("'" + name + "' is not one character: '" + text + "'");
        }
        return text.codePointAt(0);
    }

    private Split.Behavior behavior(String name) throws IOException {
        for (Split.Behavior behavior : Split.Behavior.values()) {
            if (behavior.fileName().equals(name)) {
                return behavior;
            }
        }
        String known = Arrays.stream(Split.Behavior.values())
                .map(Split.Behavior::fileName)
                .collect(Collectors.joining(", "));
        throw json.failure("behavior '" + name + "' is not supported, only " + known);
    }
}

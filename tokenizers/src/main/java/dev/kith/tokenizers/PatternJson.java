package dev.kith.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.regex.PatternSyntaxException;

/** Reads {@code {"String": ...}} or {@code {"Regex": ...}}. */
final class PatternJson {
    private final Json json;

    PatternJson(Json json) {
        this.json = json;
    }

    TextPattern parse(JsonNode node) throws IOException {
        if (node.has("String")) {
            String wanted = json.text(node, "String");
            if (wanted.isEmpty()) {
                throw json.failure("pattern with an empty 'String' is not supported");
            }
            return new TextPattern.Literal(wanted);
        }
        String regex = json.text(node, "Regex");
        try {
            return new TextPattern.Regex(new Oniguruma(regex).compile());
        } catch (PatternSyntaxException e) {
            throw json.failure(
                    "regular expression '" + regex + "' is not supported: " + e.getDescription());
        }
    }
}

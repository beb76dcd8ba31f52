package dev.kith.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;

/** Reads values of a JSON file; what is not as it should be is an {@link IOException} that names the file and the value. */
record Json(String file) {
    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static String type(JsonNode node) {
        return node.path("type").asText();
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
            throw failure("'" + name + "' is not an array: " + shown(value));
        }
        return value;
    }

    boolean flag(JsonNode node, String name, boolean missing) throws IOException {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return missing;
        }
        if (!value.isBoolean()) {
            throw failure("'" + name + "' is neither true nor false: " + shown(value));
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
            throw failure("'" + name + "' is not an integer from 0: " + shown(value));
        }
        return value.intValue();
    }

    String text(JsonNode node, String name) throws IOException {
        JsonNode value = required(node, name);
        if (!value.isTextual()) {
            throw failure("'" + name + "' is not a text: " + shown(value));
        }
        return value.textValue();
    }

    String text(JsonNode node, String name, String missing) throws IOException {
        return absent(node.path(name)) ? missing : text(node, name);
    }

    IOException unsupported(String role, JsonNode node, String supported) {
        return failure(role + " '" + type(node) + "' is not supported, only " + supported);
    }

    IOException failure(String what) {
        return new IOException(file + ": " + what);
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}

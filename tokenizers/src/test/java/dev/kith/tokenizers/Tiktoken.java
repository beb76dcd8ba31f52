package dev.kith.tokenizers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The published vocabularies of OpenAI's models, which jtokkit carries, as tokenizer files. */
final class Tiktoken {
    private static final String FOLDER = "/com/knuddels/jtokkit/";

    private Tiktoken() {}

    /** The model of a file with a token in base 64 and its rank on each line; a token's merge is of what lower ranks leave. */
    static ObjectNode model(String file) throws IOException {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        try (InputStream in =
                Objects.requireNonNull(Tiktoken.class.getResourceAsStream(FOLDER + file))) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                int space = line.indexOf(' ');
                byte[] token = Base64.getDecoder().decode(line.substring(0, space));
                ranks.put(visible(token), Integer.parseInt(line.substring(space + 1)));
            });
        }
        ObjectNode model = TokenizerFiles.type("BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        ArrayNode merges = model.putArray("merges");
        ranks.forEach((token, rank) -> {
            vocabulary.put(token, rank);
            List<String> parts = parts(token, rank, ranks);
            if (parts.size() == 2) {
                merges.addArray().add(parts.get(0)).add(parts.get(1));
            }
        });
        return model;
    }

    private static String visible(byte[] token) {
        StringBuilder text = new StringBuilder();
        for (byte b : token) {
            text.append(ByteLevel.visible(b & 0xFF));
        }
        return text.toString();
    }

    private static List<String> parts(String token, int below, Map<String, Integer> ranks) {
        List<String> parts = new ArrayList<>(List.of(token.split("", -1)));
        parts.removeIf(String::isEmpty);
        while (parts.size() > 2) {
            int best = -1;
            int bestRank = below;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), below);
                if (rank < bestRank) {
                    bestRank = rank;
                    best = i;
                }
            }
            if (best < 0) {
                return List.of();
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        return parts;
    }
}

package dev.kith.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Tokenizer files to measure with, out of what other libraries carry. */
final class TokenizerFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TokenizerFile() {}

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(TokenizerFile.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    static byte[] miniLm() throws IOException {
        return resource("/all-minilm-l6-v2-q-tokenizer.json");
    }

    private static ObjectNode file(String normalizer, String preTokenizer) throws IOException {
        ObjectNode file = MAPPER.createObjectNode().put("version", "1.0");
        file.putArray("added_tokens");
        file.set("normalizer", MAPPER.readTree(normalizer));
        file.set("pre_tokenizer", MAPPER.readTree(preTokenizer));
        return file;
    }

    /** MiniLM's vocabulary as a unigram model of 30 thousand tokens, the earlier the likelier. */
    static byte[] unigram() throws IOException {
        ObjectNode file = file(
                "{\"type\": \"NFKC\"}",
                "{\"type\": \"Metaspace\", \"replacement\": \"\u2581\", \"prepend_scheme\": \"always\"}");
        ObjectNode model = file.putObject("model").put("type", "Unigram").put("unk_id", 0);
        ArrayNode vocabulary = model.putArray("vocab");
        vocabulary.addArray().add("<unk>").add(0.0);
        JsonNode words = MAPPER.readTree(miniLm()).at("/model/vocab");
        for (Map.Entry<String, JsonNode> word : words.properties()) {
            String token = word.getKey().startsWith("##")
                    ? word.getKey().substring(2)
                    : "\u2581" + word.getKey();
            vocabulary.addArray().add(token).add(-Math.log(word.getValue().asInt() + 2));
        }
        return MAPPER.writeValueAsBytes(file);
    }

    /** GPT-2's tokenizer, from a list of tokens by rank: a token's merge is of the two parts that lower ranks leave. */
    static byte[] gpt2() throws IOException {
        ObjectNode file = file(
                "null",
                "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}");
        Map<String, Integer> ranks = new LinkedHashMap<>();
        String lines = new String(
                resource("/com/knuddels/jtokkit/r50k_base.tiktoken"), StandardCharsets.US_ASCII);
        for (String line : lines.split("\n")) {
            String[] fields = line.strip().split(" ");
            ranks.put(visible(Base64.getDecoder().decode(fields[0])), Integer.parseInt(fields[1]));
        }
        ObjectNode model = file.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        ArrayNode merges = model.putArray("merges");
        ranks.forEach((token, rank) -> {
            vocabulary.put(token, rank);
            List<String> parts = parts(token, rank, ranks);
            if (parts.size() == 2) {
                merges.addArray().add(parts.get(0)).add(parts.get(1));
            }
        });
        return MAPPER.writeValueAsBytes(file);
    }

    /** Bytes as byte-level models spell them: those visible in Latin-1 as themselves, the others from U+0100 on. */
    private static String visible(byte[] token) {
        StringBuilder text = new StringBuilder();
        for (byte b : token) {
            int unsigned = b & 0xFF;
            int hidden = 0;
            for (int c = 0; c < unsigned; c++) {
                hidden += isVisible(c) ? 0 : 1;
            }
            text.append((char) (isVisible(unsigned) ? unsigned : 256 + hidden));
        }
        return text.toString();
    }

    private static boolean isVisible(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xA1 && b != 0xAD);
    }

    private static List<String> parts(String token, int below, Map<String, Integer> ranks) {
        List<String> parts = new ArrayList<>(List.of(token.split("")));
        int best = 0;
        while (parts.size() > 2 && best >= 0) {
            best = -1;
            int bestRank = below;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), below);
                if (rank < bestRank) {
                    bestRank = rank;
                    best = i;
                }
            }
            if (best >= 0) {
                parts.set(best, parts.get(best) + parts.remove(best + 1));
            }
        }
        return parts;
    }
}

package dev.kith.tokenizers;

import static dev.kith.tokenizers.TokenizerFiles.json;
import static dev.kith.tokenizers.TokenizerFiles.pattern;
import static dev.kith.tokenizers.TokenizerFiles.sequence;
import static dev.kith.tokenizers.TokenizerFiles.type;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.text.Tokens;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tokenizers made by SentencePiece, and other models that are not byte-level, against the reference implementation. */
class SentencePieceTest {
    private static ObjectNode metaspace(String scheme, boolean split) {
        return type("Metaspace")
                .put("replacement", "\u2581")
                .put("prepend_scheme", scheme)
                .put("split", split);
    }

    private static ObjectNode replace(String kind, String wanted, String content) {
        return pattern(type("Replace"), kind, wanted).put("content", content);
    }

    static ObjectNode xlmRoberta() {
        JsonNode words =
                sequence("pretokenizers", type("WhitespaceSplit"), metaspace("always", true));
        return TokenizerFiles.file(TokenizerFiles.charsmap(), words, TokenizerFiles.unigram(false));
    }

    private static ObjectNode llama() {
        JsonNode normalizer = sequence(
                "normalizers",
                type("Prepend").put("prepend", "\u2581"),
                replace("String", " ", "\u2581"));
        ObjectNode model = TokenizerFiles.bpe(word -> "\u2581" + word, "", "", true);
        return TokenizerFiles.file(normalizer, json("null"), model.put("fuse_unk", true));
    }

    private static ObjectNode clip() {
        JsonNode normalizer = sequence(
                "normalizers", type("NFC"), replace("Regex", "\\s+", " "), type("Lowercase"));
        String words = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
        JsonNode preTokenizer = sequence(
                "pretokenizers",
                pattern(type("Split"), "Regex", words)
                        .put("behavior", "Removed")
                        .put("invert", true),
                json("{'type': 'ByteLevel', 'add_prefix_space': false, 'trim_offsets': true}"));
        ObjectNode model = TokenizerFiles.bpe(TokenizerFiles::bytes, "", "</w>", false);
        return TokenizerFiles.file(normalizer, preTokenizer, model);
    }

    static ObjectNode modernBert() {
        JsonNode words = json(
                "{'type': 'ByteLevel', 'add_prefix_space': false, 'trim_offsets': true, 'use_regex': true}");
        ObjectNode model =
                TokenizerFiles.bpe(word -> TokenizerFiles.bytes(" " + word), "", "", false);
        ObjectNode file = TokenizerFiles.file(type("NFC"), words, model);
        int next = model.path("vocab").size() + 1;
        for (int spaces = 2; spaces <= 24; spaces++) {
            TokenizerFiles.add(
                    file.withArray("/added_tokens"), next++, " ".repeat(spaces), false, true);
        }
        TokenizerFiles.add(file.withArray("/added_tokens"), next, "|||IP|||", false, true);
        return file;
    }

    static ObjectNode llama3() {
        JsonNode words = sequence(
                "pretokenizers",
                pattern(type("Split"), "Regex", TokenizerFiles.LLAMA_3)
                        .put("behavior", "Isolated")
                        .put("invert", false),
                json(
                        "{'type': 'ByteLevel', 'add_prefix_space': false, 'trim_offsets': true, 'use_regex': false}"));
        ObjectNode model =
                TokenizerFiles.bpe(word -> TokenizerFiles.bytes(" " + word), "", "", false);
        return TokenizerFiles.file(json("null"), words, model.put("ignore_merges", true));
    }

    private static Map<String, ObjectNode> files() {
        Map<String, ObjectNode> files = new LinkedHashMap<>();
        files.put("XLM-RoBERTa", xlmRoberta());
        files.put(
                "multilingual E5",
                TokenizerFiles.file(
                        sequence(
                                "normalizers",
                                TokenizerFiles.charsmap(),
                                replace("Regex", " {2,}", " ")),
                        metaspace("first", true),
                        TokenizerFiles.unigram(false)));
        files.put(
                "T5, in one piece",
                TokenizerFiles.file(
                        TokenizerFiles.charsmap(),
                        metaspace("always", false),
                        TokenizerFiles.unigram(false)));
        files.put(
                "Unigram of bytes",
                TokenizerFiles.file(
                        type("NFKC"), metaspace("first", true), TokenizerFiles.unigram(true)));
        files.put("Llama", llama());
        ObjectNode unknown = llama();
        unknown.withObject("/model").put("byte_fallback", false);
        files.put("BPE with fused unknown text", unknown);
        files.put("CLIP", clip());
        files.put(
                "BPE with a prefix",
                TokenizerFiles.file(
                        type("Lowercase"),
                        type("Whitespace"),
                        TokenizerFiles.bpe(word -> word, "@@", "", false)));
        files.put("ModernBERT", modernBert());
        files.put("Llama 3", llama3());
        return files;
    }

    @TestFactory
    Stream<DynamicTest> equalTheReference() {
        String text = TokenizerFiles.text();
        return files().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    try (Reference both = Reference.of(e.getValue())) {
                        both.compareAll(600);
                        for (int from = 0; from + 1000 < text.length(); from += 20_000) {
                            both.compare(text.substring(from, from + 1000), "docs at " + from);
                        }
                        both.compareInputs(
                                "how do I rotate keys?", "Keys are rotated by the vault.");
                    }
                }));
    }

    @Test
    void equalsTheReferenceOnTextOfManyBlocks() throws IOException {
        try (Reference both = Reference.of(xlmRoberta())) {
            both.compare(
                    "Gro\u0308\u00dfe of the  na\u00efve vector isn't\n\n 42 ".repeat(4000),
                    "long");
        }
    }

    @Test
    void takesALoneSurrogateForTheReplacementCharacter() throws IOException {
        try (Reference both = Reference.of(llama())) {
            Tokens tokens = both.ours().tokenize("a\ud83d b");
            assertThat(tokens.ids()).isEqualTo(both.ours().tokenize("a\ufffd b").ids());
        }
    }

    @Test
    void cutsALongWordInLinearTime() throws IOException {
        try (Reference both = Reference.of(xlmRoberta())) {
            Tokens tokens = both.ours().tokenize("e\u0301\u4e2d".repeat(100_000));
            assertThat(tokens.ends()[tokens.size() - 1]).isEqualTo(300_000);
        }
    }
}

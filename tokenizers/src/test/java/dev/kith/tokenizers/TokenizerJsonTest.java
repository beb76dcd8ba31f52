package dev.kith.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerJsonTest {
    private static final String WORD_PIECE = """
            {"added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": null,
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "a": 1, "##b": 2}}}
            """;

    private static final String BYTE_LEVEL = """
            {"added_tokens": [{"id": 0, "content": "<s>", "single_word": false, "lstrip": true, "rstrip": true,
               "normalized": false}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
               "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": true, "use_regex": true},
             "post_processor": {"type": "Sequence", "processors": [
               {"type": "RobertaProcessing", "cls": ["<s>", 0], "sep": ["<s>", 0], "trim_offsets": true},
               {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}],
                "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                "special_tokens": {"<s>": {"ids": [0]}}}]},
             "padding": {"pad_id": 0},
             "model": {"type": "BPE", "dropout": null, "unk_token": "<s>", "fuse_unk": false, "byte_fallback": false,
               "ignore_merges": true, "vocab": {"<s>": 0, "a": 1, "b": 2, "ab": 3}, "merges": [["a", "b"], "a b"]}}
            """;

    private static final String UNIGRAM = """
            {"added_tokens": [],
             "normalizer": {"type": "Sequence", "normalizers": [
               {"type": "Precompiled", "precompiled_charsmap": "BAAAAAAAAAA="},
               {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
               {"type": "Prepend", "prepend": "x"}, {"type": "Strip", "strip_left": true, "strip_right": true}]},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
               {"type": "Split", "pattern": {"String": "-"}, "behavior": "Isolated", "invert": false},
               {"type": "Digits", "individual_digits": true}, {"type": "Punctuation", "behavior": "Removed"},
               {"type": "CharDelimiterSplit", "delimiter": ","},
               {"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "split": true}]},
             "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false, "vocab": [["<unk>", 0.0], ["a", -1.5]]}}
            """;

    private static HuggingFaceTokenizer read(String json) throws IOException {
        return HuggingFaceTokenizer.read(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsAFileWithoutOptionalParts() throws IOException {
        HuggingFaceTokenizer tokenizer = read(WORD_PIECE);
        assertThat(tokenizer.tokenize("abb, a").ids()).containsExactly(1, 2, 2, 0, 1);
        assertThat(tokenizer.single(tokenizer.tokenize("ab")).ids()).containsExactly(1, 2);
        assertThat(tokenizer
                        .pair(tokenizer.tokenize("a"), tokenizer.tokenize("ab"))
                        .typeIds())
                .containsExactly(0, 1, 1);
        assertThat(tokenizer.specialTokens(true)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"normalizer\": null', '\"normalizer\": {\"type\": \"Sorcery\"}', 'normalizer ''Sorcery'''",
        "'BertPreTokenizer', 'UnicodeScripts', 'pre_tokenizer ''UnicodeScripts'''",
        "'\"post_processor\": null', '\"post_processor\": {\"type\": \"Magic\"}', 'post_processor ''Magic'''",
        "'\"WordPiece\"', '\"WordLevel\"', 'model ''WordLevel'''",
    })
    void refusesAnUnknownComponentByName(String part, String changed, String named) {
        assertThatThrownBy(() -> read(WORD_PIECE.replace(part, changed)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokenizer.json: " + named + " is not supported");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"model\"', '\"other\"', '''model'' is missing'",
        "'\"vocab\"', '\"words\"', '''vocab'' is missing'",
        "'\"a\": 1', '\"a\": \"x\"', 'the id of ''a'''",
        "'\"a\": 1', '\"a\": -1', 'the id of ''a'''",
        "'\"[UNK]\", \"vocab\"', '\"[X]\", \"vocab\"', 'no token ''[X]'''",
        "'{\"added', '{added', is not JSON",
        "'[]', '[{\"id\": \"x\"}]', '''id'' is not an integer'",
        "'[]', '[{\"id\": -1}]', '''id'' is not an integer from 0: -1'",
        "'[]', '[{\"id\": 1, \"content\": 5}]', '''content'' is not a text: 5'",
        "'\"post_processor\": null', '\"post_processor\": {\"type\": \"TemplateProcessing\"}', '''single'' is missing'",
        "'[]', '\"none\"', '''added_tokens'' is not an array'",
        "'{\"type\": \"BertPre', '{\"type\": \"ByteLevel\", \"use_regex\": 1, \"x\": \"', '''use_regex'' is neither'",
        "'\"vocab\": {', '\"max_input_chars_per_word\": \"x\", \"vocab\": {', '''max_input_chars_per_word'''",
    })
    void saysWhatIsWrongWithAFile(String part, String changed, String message) {
        assertThatThrownBy(() -> read(WORD_PIECE.replace(part, changed)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tokenizer.json")
                .hasMessageContaining(message);
    }

    /** Every value of real files replaced by one of each other kind: the file is read, or refused by its name. */
    @ParameterizedTest
    @ValueSource(strings = {WORD_PIECE, BYTE_LEVEL, UNIGRAM})
    void aValueOfAnotherKindIsReadOrRefused(String file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> pointers = new ArrayList<>();
        collect(mapper.readTree(file), "", pointers);
        assertThat(pointers).hasSizeGreaterThan(10);
        int refused = 0;
        for (String pointer : pointers) {
            for (String other :
                    List.of("null", "[]", "[[]]", "{}", "\"\"", "\"x\"", "-1", "1.5", "true")) {
                JsonNode root = mapper.readTree(file);
                JsonPointer place = JsonPointer.compile(pointer);
                if (root.at(place.head()) instanceof ObjectNode parent) {
                    parent.set(place.last().getMatchingProperty(), mapper.readTree(other));
                } else if (root.at(place.head()) instanceof ArrayNode parent) {
                    parent.set(place.last().getMatchingIndex(), mapper.readTree(other));
                }
                try {
                    read(root.toString()).tokenize("a b ab");
                } catch (IOException e) {
                    refused++;
                    assertThat(e)
                            .as("%s: %s", pointer, other)
                            .hasMessageStartingWith("tokenizer.json");
                }
            }
        }
        assertThat(refused).isGreaterThan(pointers.size());
    }

    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        if (!pointer.isEmpty()) {
            pointers.add(pointer);
        }
        node.properties().forEach(e -> collect(e.getValue(), pointer + "/" + e.getKey(), pointers));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, pointers);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"dropout\": 0.1', dropout",
        "'\"byte_fallback\": true', 'no token ''<0x00>'''",
        "'\"byte_fallback\": true, \"end_of_word_suffix\": \"x\"', byte_fallback",
        "'\"x\": 0, \"merges\": [\"ab\"]', merge 0 is not a pair",
        "'\"x\": 0, \"merges\": [\"a c\"]', 'no token ''c'''",
    })
    void refusesBytePairEncodingThatItCannotDo(String setting, String named) {
        String json = "{\"model\": {\"type\": \"BPE\", \"merges\": [], " + setting
                + ", \"vocab\": {\"a\": 0}}}";
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`BAAAAAAAAAA=`, `BAAA`, no such map",
                "` {2,}`, `(`, regular expression '('",
                "` {2,}`, `a\\\\K`, is not supported: \\K",
                "` {2,}`, `[[:graph:]]`, is not supported: the class",
                "`\"String\": \"-\"`, `\"String\": \"\"`, empty 'String'",
                "`Isolated`, `Shattered`, behavior 'Shattered' is not supported",
                "`\"first\"`, `\"last\"`, prepend_scheme 'last'",
                "`\"_\"`, `\"__\"`, 'replacement' is not one character",
                "`\"unk_id\": 0`, `\"unk_id\": 2`, 'unk_id' is 2 of 2 tokens",
                "`\"unk_id\": 0`, `\"unk_id\": null`, 'unk_id' is missing"
            })
    void refusesComponentsThatItCannotDo(String part, String changed, String named) {
        assertThatThrownBy(() -> read(UNIGRAM.replace(part, changed)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tokenizer.json")
                .hasMessageContaining(named);
    }

    @Test
    void namesTheMissingFile(@TempDir Path folder) {
        Path missing = folder.resolve("tokenizer.json");
        assertThatThrownBy(() -> HuggingFaceTokenizer.load(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void equalFilesHaveEqualIdentities(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), WORD_PIECE);
        String identity = HuggingFaceTokenizer.load(file).identity();
        assertThat(identity).isEqualTo(read(WORD_PIECE).identity());
        assertThat(identity).isNotEqualTo(read(WORD_PIECE.replace("##b", "##c")).identity());
    }
}

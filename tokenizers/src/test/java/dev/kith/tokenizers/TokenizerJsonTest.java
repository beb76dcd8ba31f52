package dev.kith.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerJsonTest {
    private static final String WORD_PIECE = """
            {"added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": null,
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "a": 1, "##b": 2}}}
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
        "'\"normalizer\": null', '\"normalizer\": {\"type\": \"Precompiled\"}', 'normalizer ''Precompiled'''",
        "'BertPreTokenizer', 'Metaspace', 'pre_tokenizer ''Metaspace'''",
        "'\"post_processor\": null', '\"post_processor\": {\"type\": \"Magic\"}', 'post_processor ''Magic'''",
        "'\"WordPiece\"', '\"Unigram\"', 'model ''Unigram'''",
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
    })
    void saysWhatIsWrongWithAFile(String part, String changed, String message) {
        assertThatThrownBy(() -> read(WORD_PIECE.replace(part, changed)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tokenizer.json")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"dropout\": 0.1', dropout",
        "'\"end_of_word_suffix\": \"</w>\"', end_of_word_suffix",
        "'\"continuing_subword_prefix\": \"##\"', continuing_subword_prefix",
        "'\"byte_fallback\": true', byte_fallback",
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

package dev.kith.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownModelTest {
    @ParameterizedTest
    @CsvSource({
        "sentence-transformers/all-MiniLM-L6-v2, ALL_MINILM_L6",
        "all-minilm-l6-v2-q, ALL_MINILM_L6",
        "all-MiniLM-L12-v2, ALL_MINILM_L12",
        "BAAI/bge-small-en-v1.5, BGE_EN",
        "bge_large_en.onnx, BGE_EN",
        "intfloat/e5-base-v2, E5",
        "multilingual-e5-large, E5",
        "thenlper/gte-small, GTE",
        "Snowflake/snowflake-arctic-embed-m-v1.5, ARCTIC",
        "mixedbread-ai/mxbai-embed-large-v1, MXBAI_LARGE",
    })
    void isFoundByTheNamesItGoesBy(String name, KnownModel model) {
        assertThat(KnownModel.named(name)).contains(model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bge-m3",
                "bge-small-zh-v1.5",
                "multilingual-e5-large-instruct",
                "gte-base-en-v1.5",
                "snowflake-arctic-embed-m-long",
                "snowflake-arctic-embed-l-v2.0",
                "paraphrase-MiniLM-L6-v2",
            })
    void isNotTakenForOneWithOtherSettings(String name) {
        assertThat(KnownModel.named(name)).isEmpty();
    }

    @Test
    void hasTheSettingsItWasTrainedWith() {
        assertThat(KnownModel.ALL_MINILM_L6.options()).isEqualTo(EmbedderOptions.defaults());
        assertThat(KnownModel.BGE_EN.options())
                .isEqualTo(EmbedderOptions.defaults()
                        .withPooling(Pooling.CLS)
                        .withMaxTokens(512)
                        .withPrefixes(
                                "Represent this sentence for searching relevant passages: ", ""));
        assertThat(KnownModel.E5.options().documentPrefix()).isEqualTo("passage: ");
    }
}

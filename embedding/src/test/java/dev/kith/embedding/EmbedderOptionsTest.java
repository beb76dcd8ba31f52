package dev.kith.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderOptionsTest {
    @TempDir
    private Path folder;

    private void write(String file, String json) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, json);
    }

    @Test
    void areTheDefaultsWhereNothingIsConfigured() throws IOException {
        assertThat(EmbedderOptions.of(folder)).isEqualTo(EmbedderOptions.defaults());
    }

    @Test
    void readWhatSentenceTransformersWrites() throws IOException {
        write("sentence_bert_config.json", "{\"max_seq_length\": 512, \"do_lower_case\": true}");
        write("config.json", "{\"max_position_embeddings\": 2048}");
        write(
                "modules.json",
                "[{\"idx\": 0, \"type\": \"sentence_transformers.models.Transformer\"},"
                        + "{\"idx\": 1, \"type\": \"sentence_transformers.models.Pooling\"}]");
        write(
                "1_Pooling/config.json",
                "{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": true,"
                        + " \"pooling_mode_mean_tokens\": false, \"include_prompt\": true}");
        write(
                "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"query: \", \"passage\": \"passage: \"}}");
        assertThat(EmbedderOptions.of(folder))
                .isEqualTo(EmbedderOptions.defaults()
                        .withPooling(Pooling.CLS)
                        .withNormalize(false)
                        .withPrefixes("query: ", "passage: ")
                        .withMaxTokens(512));
    }

    @Test
    void takeTheNumberOfPositionsFromTheModelsConfiguration() throws IOException {
        write("config.json", "{\"model_type\": \"bert\", \"max_position_embeddings\": 512}");
        assertThat(EmbedderOptions.of(folder).maxTokens()).isEqualTo(512);
        write(
                "config.json",
                "{\"model_type\": \"xlm-roberta\", \"max_position_embeddings\": 514, \"pad_token_id\": 1}");
        assertThat(EmbedderOptions.of(folder).maxTokens()).isEqualTo(512);
        write("tokenizer_config.json", "{\"model_max_length\": 384}");
        assertThat(EmbedderOptions.of(folder).maxTokens()).isEqualTo(384);
        write("tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656}");
        assertThat(EmbedderOptions.of(folder).maxTokens()).isEqualTo(512);
    }

    @Test
    void areWhatIsKnownOfAModelByItsNameWhereFilesAreSilent() throws IOException {
        Path bge = Files.createDirectory(folder.resolve("bge_small_en_v1.5"));
        assertThat(EmbedderOptions.of(bge)).isEqualTo(KnownModel.BGE_EN.options());
        write("config.json", "{\"_name_or_path\": \"intfloat/e5-small-v2\"}");
        assertThat(EmbedderOptions.of(folder)).isEqualTo(KnownModel.E5.options());
        write(
                "config.json",
                "{\"_name_or_path\": \"sentence-transformers/all-MiniLM-L6-v2\", \"max_position_embeddings\": 512}");
        assertThat(EmbedderOptions.of(folder)).isEqualTo(EmbedderOptions.defaults());
    }

    @Test
    void areWhatTheFilesSayEvenOfAKnownModel() throws IOException {
        write("config.json", "{\"_name_or_path\": \"intfloat/e5-small-v2\"}");
        write("1_Pooling/config.json", "{\"pooling_mode_cls_token\": true}");
        write("sentence_bert_config.json", "{\"max_seq_length\": 128}");
        write("config_sentence_transformers.json", "{\"prompts\": {\"query\": \"\"}}");
        assertThat(EmbedderOptions.of(folder))
                .isEqualTo(KnownModel.E5
                        .options()
                        .withPooling(Pooling.CLS)
                        .withPrefixes("", "passage: ")
                        .withMaxTokens(128));
    }

    @Test
    void refuseFilesThatContradictEachOther() throws IOException {
        write("config.json", "{\"max_position_embeddings\": 512}");
        write("sentence_bert_config.json", "{\"max_seq_length\": 600}");
        assertThatThrownBy(() -> EmbedderOptions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sentence_bert_config.json: max_seq_length is 600")
                .hasMessageContaining("positions for 512");
        write("sentence_bert_config.json", "{}");
        write(
                "1_Pooling/config.json",
                "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": true}");
        assertThatThrownBy(() -> EmbedderOptions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not supported: [pooling_mode_cls_token")
                .hasMessageContaining("pooling_mode_mean_tokens");
    }

    @Test
    void refuseWhatIsNotSupportedByName() throws IOException {
        write("1_Pooling/config.json", "{\"pooling_mode_max_tokens\": true}");
        assertThatThrownBy(() -> EmbedderOptions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1_Pooling")
                .hasMessageContaining("pooling_mode_max_tokens");
        write("1_Pooling/config.json", "{\"include_prompt\": false}");
        assertThatThrownBy(() -> EmbedderOptions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pooling without the prompt is not supported");
        write("1_Pooling/config.json", "{}");
        write("modules.json", "[{\"type\": \"sentence_transformers.models.Dense\"}]");
        assertThatThrownBy(() -> EmbedderOptions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("module 'Dense' is not supported");
        write("modules.json", "[{");
        assertThatThrownBy(() -> EmbedderOptions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("modules.json is not JSON");
    }

    @Test
    void refuseNumbersThatAreNotPositive() {
        assertThatThrownBy(() -> EmbedderOptions.defaults().withMaxTokens(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxTokens must be positive: 0");
        assertThatThrownBy(() -> EmbedderOptions.defaults().withBatchTokens(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batchTokens must be positive: 0");
        assertThatThrownBy(() -> EmbedderOptions.defaults().withDimension(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension must not be negative: -1");
        assertThatThrownBy(() -> EmbedderOptions.defaults().withCallers(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("callers must be positive: -1");
    }
}

package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.CorruptFileException;
import dev.kith.retrieval.HashingEmbedder;
import dev.kith.text.Embedder.Role;
import dev.kith.text.Embedding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RememberingEmbedderTest {
    private static final List<String> TEXTS = List.of("cats purr", "dogs bark", "cats purr", "");

    private final HashingEmbedder embedder = new HashingEmbedder();

    @TempDir
    private Path folder;

    private static List<float[]> vectors(List<Embedding> embeddings) {
        return embeddings.stream().map(Embedding::vector).toList();
    }

    @Test
    void embedsEachTextOnceInEachRole() throws Exception {
        try (RememberingEmbedder remembering = new RememberingEmbedder(embedder)) {
            List<Embedding> first = remembering.embed(TEXTS, Role.DOCUMENT);
            assertThat(vectors(first))
                    .usingRecursiveComparison()
                    .isEqualTo(vectors(embedder.embed(TEXTS, Role.DOCUMENT)));
            int before = embedder.embedded.get();
            remembering.embed(TEXTS, Role.DOCUMENT);
            assertThat(embedder.embedded).hasValue(before);
            assertThat(remembering.size()).isEqualTo(3);
            remembering.embed(TEXTS, Role.QUERY);
            assertThat(remembering.size()).isEqualTo(6);
        }
    }

    @Test
    void remembersFromRunToRunInAFile() throws Exception {
        Path file = folder.resolve("vectors");
        List<Embedding> first;
        try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
            first = remembering.embed(TEXTS, Role.DOCUMENT);
            assertThatIllegalStateException()
                    .isThrownBy(() -> RememberingEmbedder.open(embedder, file))
                    .withMessageContaining("in use");
        }
        int before = embedder.embedded.get();
        try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
            List<Embedding> again = remembering.embed(TEXTS, Role.DOCUMENT);
            assertThat(again).usingRecursiveComparison().isEqualTo(first);
            assertThat(embedder.embedded).hasValue(before);
            remembering.embed(List.of("new"), Role.DOCUMENT);
        }
        try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
            assertThat(remembering.size()).isEqualTo(4);
        }
    }

    @Test
    void whereverAWriteBrokeOffTheRecordsBeforeItStay() throws Exception {
        Path file = folder.resolve("vectors");
        try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
            remembering.embed(List.of("a", "b", "c"), Role.DOCUMENT);
        }
        byte[] whole = Files.readAllBytes(file);
        int record = 4 * 8 + 2 * 4 + 256 * 4 + 4;
        int header = whole.length - 3 * record;
        for (int cut : new int[] {0, 1, 100, record - 1}) {
            for (int records = 0; records < 3; records++) {
                Files.write(file, Arrays.copyOf(whole, header + records * record + cut));
                try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
                    assertThat(remembering.size()).isEqualTo(records);
                    remembering.embed(List.of("a", "b", "c"), Role.DOCUMENT);
                }
                try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
                    assertThat(remembering.size()).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void aDamagedRecordIsNotBelieved() throws Exception {
        Path file = folder.resolve("vectors");
        SplittableRandom random = new SplittableRandom(5);
        List<Embedding> expected = embedder.embed(List.of("a", "b"), Role.DOCUMENT);
        for (int round = 0; round < 50; round++) {
            Files.deleteIfExists(file);
            try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
                remembering.embed(List.of("a", "b"), Role.DOCUMENT);
            }
            byte[] bytes = Files.readAllBytes(file);
            int at = bytes.length - 1 - random.nextInt(1000);
            bytes[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, bytes);
            try (RememberingEmbedder remembering = RememberingEmbedder.open(embedder, file)) {
                assertThat(remembering.size()).as("seed 5, round " + round).isEqualTo(1);
                assertThat(vectors(remembering.embed(List.of("a", "b"), Role.DOCUMENT)))
                        .usingRecursiveComparison()
                        .isEqualTo(vectors(expected));
            }
        }
    }

    @Test
    void refusesAnotherEmbeddersVectorsAndOtherFiles() throws Exception {
        Path file = folder.resolve("vectors");
        RememberingEmbedder.open(embedder, file).close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RememberingEmbedder.open(new HashingEmbedder("other", 256), file))
                .withMessageContaining(
                        "holds vectors of hashing-256 (256 components), not of other (256)");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RememberingEmbedder.open(new HashingEmbedder("hashing-256", 8), file));
        for (String content : new String[] {
            "x", "a text of some length, not vectors", "KITHVEC1\u007f\u007f\u007f\u007f"
        }) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> RememberingEmbedder.open(embedder, file))
                    .isInstanceOf(CorruptFileException.class);
            assertThat(file).hasContent(content);
        }
    }
}

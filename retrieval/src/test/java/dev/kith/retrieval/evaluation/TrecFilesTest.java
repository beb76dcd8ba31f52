package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.CorruptFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrecFilesTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("file.txt"), content);
    }

    @Test
    void readsARunWhateverTheBlanksTheOrderAndTheRanks() throws IOException {
        Run run = Run.read(
                file("\uFEFFq1\tQ0  a 7  1e1 my run\r\n\n q2 Q0 a 1 -0.5 x\nq1 0 b 1 inf x"));
        assertThat(run.name()).isEqualTo("my run");
        assertThat(run.scores())
                .isEqualTo(Map.of(
                        "q1", Map.of("a", 10.0, "b", Double.POSITIVE_INFINITY),
                        "q2", Map.of("a", -0.5)));
        assertThat(run.ranked("q1")).containsExactly("b", "a");
        assertThat(run.ranked("q9")).isEmpty();
    }

    @Test
    void writesARunThatCountsRanksFromOne() throws IOException {
        Path file = folder.resolve("out.run");
        new Run("hybrid + rerank", Map.of("q", Map.of("a", 0.1, "b", 1 / 3.0, "c", 0.1)))
                .write(file);
        assertThat(Files.readString(file)).isEqualTo("""
                q Q0 b 1 0.3333333333333333 hybrid-+-rerank
                q Q0 c 2 0.1 hybrid-+-rerank
                q Q0 a 3 0.1 hybrid-+-rerank
                """);
    }

    @Test
    void readsJudgementsInBothLayouts() throws IOException {
        Qrels expected = new Qrels(Map.of("q1", Map.of("a", 2, "b c", -1), "q2", Map.of("a", 0)));
        assertThat(Qrels.read(
                        file("query-id\tcorpus-id\tscore\nq1\ta\t2\nq1\tb c\t-1\nq2\ta\t0\n")))
                .isEqualTo(expected);
        assertThat(Qrels.read(file("q1\ta\t2\nq1\tb c\t-1\nq2\ta\t0\n"))).isEqualTo(expected);
        assertThat(Qrels.read(file("q1 0 a 2\n\nq2\t0\ta\t0\n")))
                .isEqualTo(new Qrels(Map.of("q1", Map.of("a", 2), "q2", Map.of("a", 0))));
        assertThat(Qrels.read(file("")).grades()).isEmpty();
        Path written = folder.resolve("qrels.tsv");
        expected.writeBeir(written);
        assertThat(Qrels.read(written)).isEqualTo(expected);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> expected.write(written))
                .withMessageContaining("'b c'");
    }

    @Test
    void namesTheLineOfARunThatCannotBeRead() throws IOException {
        String good = "q1 Q0 a 1 0.5 t\n";
        for (String bad : new String[] {
            "q1 Q0 b 1 0.5",
            "q1 Q0 b 1 x t",
            "q1 Q0 b 1 NaN t",
            "q1 Q0 b 1 0x1p3f t",
            "q1 Q0 b 1 1d t",
            "q1 Q0 a 9 0.1 t",
            "{}"
        }) {
            assertThatThrownBy(() -> Run.read(file(good + "\n" + bad + "\n")))
                    .as(bad)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("file.txt, line 3, offset 17: expected ");
        }
        assertThatThrownBy(() -> Run.read(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void namesTheLineOfJudgementsThatCannotBeRead() throws IOException {
        for (String bad : new String[] {
            "q1 0 b", "q1 0 b x", "q1 0 b 1.5", "q1 0 a 1", "q1 0 b 12345678901", "q1 0 b 1 2"
        }) {
            assertThatThrownBy(() -> Qrels.read(file("q1 0 a 1\n" + bad)))
                    .as(bad)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("line 2, offset 9: expected ");
        }
        assertThatThrownBy(() -> Qrels.read(file("query-id\tcorpus-id\tscore\nq\ta\n")))
                .hasMessageContaining("line 2")
                .hasMessageContaining("between tabs");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Path file = folder.resolve("latin1");
        Files.write(file, "q1 0 a 1\nq1 0 caf\u00e9 1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Qrels.read(file))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("latin1, line 2, offset 9: expected UTF-8");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noBytesDoWorseThanARefusal(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path file = folder.resolve("noise");
        byte[] base = "q1 Q0 a 1 0.5 t\nq1\ta\t1\n".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = base.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            readOrRefuse(() -> Run.read(file), seed);
            readOrRefuse(() -> Qrels.read(file), seed);
        }
    }

    private interface Read {
        void run() throws IOException;
    }

    private static void readOrRefuse(Read read, long seed) {
        try {
            read.run();
        } catch (CorruptFileException e) {
            assertThat(e).as("seed " + seed).hasMessageContaining("noise, line ");
        } catch (IOException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void refusesWhatARunFileCannotHold() throws IOException {
        Path file = folder.resolve("out");
        for (String id : new String[] {"", "a b", "a\u2003b", "a\nb"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Run("t", Map.of("q", Map.of(id, 1.0))).write(file));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Run("t", Map.of("q", Map.of("a", Double.NaN))))
                .withMessageContaining("score of a for query q");
    }
}

package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every metric is what trec_eval 9.0.4 itself says of the same files, to the four decimals that it prints. */
final class TrecEvalTest {
    private static final Map<String, Measure> MEASURES = new TreeMap<>();

    static {
        for (String name : List.of("map", "recip_rank", "ndcg", "Rprec", "bpref")) {
            MEASURES.put(name, Measure.parse(name));
        }
        for (int k : new int[] {1, 3, 5, 10, 100, 1000}) {
            for (String name : List.of("P", "recall", "success", "map_cut", "ndcg_cut")) {
                MEASURES.put(name + "_" + k, Measure.parse(name + "_" + k));
            }
        }
    }

    @TempDir
    private Path folder;

    private Path trecEval;

    @BeforeEach
    void unpack() throws IOException {
        String program = System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64")
                ? "trec_eval-linux-amd64"
                : "none for this system";
        try (InputStream in = TrecEvalTest.class.getResourceAsStream("/" + program)) {
            assumeTrue(in != null, program);
            trecEval = folder.resolve(program);
            Files.write(trecEval, Objects.requireNonNull(in).readAllBytes());
        }
        assertThat(trecEval.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachMeasureOfEachQueryIsTrecEvals(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int queries = 1 + random.nextInt(60);
        Qrels qrels = qrels(random, queries);
        Run run = run(random, queries);
        Path qrelsFile = folder.resolve("qrels.txt");
        Path runFile = folder.resolve("a.run");
        qrels.write(qrelsFile);
        run.write(runFile);
        assertThat(Qrels.read(qrelsFile)).isEqualTo(qrels);
        assertThat(Run.read(runFile)).isEqualTo(run);
        compare(qrels, run, Run.Queries.JUDGED, "-c");
        compare(qrels, run, Run.Queries.RETRIEVED, "-q");
        System.out.println("seed " + seed + ": " + queries + " queries");
    }

    /** Scores that differ less than a float can tell, and ids that UTF-16 and UTF-8 sort differently. */
    @Test
    void tiesAreTrecEvals() throws Exception {
        String emoji = "\uD83D\uDE00";
        String replacement = "\uFFFD";
        Qrels qrels = new Qrels(Map.of(
                "float", Map.of("a", 1, "b", 0),
                "utf8", Map.of(emoji, 1, replacement, 0),
                "zero", Map.of("a", 1, "b", 0)));
        Run run = new Run(
                "ties",
                Map.of(
                        "float", Map.of("a", 0.500000002, "b", 0.500000001),
                        "utf8", Map.of(emoji, 1.0, replacement, 1.0),
                        "zero", Map.of("a", 0.0, "b", -0.0)));
        qrels.write(folder.resolve("qrels.txt"));
        run.write(folder.resolve("a.run"));
        compare(qrels, run, Run.Queries.JUDGED, "-c");
        assertThat(run.ranked("float")).containsExactly("b", "a");
        assertThat(run.ranked("utf8")).containsExactly(emoji, replacement);
        assertThat(run.ranked("zero")).containsExactly("b", "a");
    }

    private void compare(Qrels qrels, Run run, Run.Queries over, String option) throws Exception {
        Scores scores = run.score(qrels, MEASURES.values(), over);
        Map<String, String> ours = new TreeMap<>();
        MEASURES.forEach((name, measure) -> {
            ours.put(name + " all", TextReport.four(scores.mean(measure)));
            scores.values(measure).forEach((query, value) -> {
                // trec_eval counts queries that found nothing but does not print them.
                if (run.scores().containsKey(query)) {
                    ours.put(name + " " + query, TextReport.four(value));
                } else {
                    assertThat(value).isZero();
                }
            });
        });
        List<String> differences = new ArrayList<>();
        int lines = 0;
        for (String line : trecEval(option)) {
            String[] parts = line.strip().split("\\s+");
            if (MEASURES.containsKey(parts[0])) {
                lines++;
                String found = ours.get(parts[0] + " " + parts[1]);
                if (!parts[2].equals(found)) {
                    differences.add(line + ", but found " + found);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(lines).isEqualTo(ours.size());
    }

    private List<String> trecEval(String option) throws Exception {
        List<String> command = new ArrayList<>(List.of(trecEval.toString(), "-q", option));
        for (String name : List.of("map", "recip_rank", "ndcg", "Rprec", "bpref")) {
            command.addAll(List.of("-m", name));
        }
        for (String name : List.of("P", "recall", "success", "map_cut", "ndcg_cut")) {
            command.addAll(List.of("-m", name + ".1,3,5,10,100,1000"));
        }
        command.add(folder.resolve("qrels.txt").toString());
        command.add(folder.resolve("a.run").toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    /** Grades from -2 to 3; some queries have no relevant document. trec_eval cannot do without any grade of 0 or more. */
    private static Qrels qrels(SplittableRandom random, int queries) {
        Map<String, Map<String, Integer>> grades = new TreeMap<>();
        for (int query = 0; query < queries; query++) {
            Map<String, Integer> judged = new TreeMap<>();
            int best = random.nextInt(8) == 0 ? 0 : 3;
            for (int i = 0; i <= random.nextInt(80); i++) {
                judged.put("d" + random.nextInt(150), random.nextInt(-2, best + 1));
            }
            if (judged.values().stream().allMatch(grade -> grade < 0)) {
                judged.put("d0", 0);
            }
            grades.put("q" + query, judged);
        }
        return new Qrels(grades);
    }

    /** Few different scores, so that ties are many; some queries find nothing, some are not judged. */
    private static Run run(SplittableRandom random, int queries) {
        Map<String, Map<String, Double>> scores = new TreeMap<>();
        for (int query = 0; query < queries + 3; query++) {
            Map<String, Double> found = new TreeMap<>();
            int depth = random.nextInt(150);
            int kinds = 1 + random.nextInt(300);
            for (int i = 0; i < depth; i++) {
                found.put("d" + random.nextInt(150), random.nextInt(kinds) / 7.0 - 3);
            }
            if (!found.isEmpty() && random.nextInt(10) > 0) {
                scores.put("q" + query, found);
            }
        }
        scores.put("q0", Map.of("d1", 1.0));
        return new Run("random", scores);
    }
}

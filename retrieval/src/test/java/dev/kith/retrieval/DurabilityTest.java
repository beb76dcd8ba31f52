package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.retrieval.filter.Filter;
import dev.kith.text.Document;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus survives what kills its process. */
final class DurabilityTest {
    @TempDir
    Path folder;

    private static Process child(Path corpus, int version) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        corpus.toString(),
                        Integer.toString(version))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitLine(BufferedReader out, String wanted) throws IOException {
        String line;
        do {
            line = out.readLine();
            assertThat(line).as("the child ended before it said " + wanted).isNotNull();
        } while (!line.equals(wanted) && !isAtLeast(line, wanted));
    }

    private static boolean isAtLeast(String line, String wanted) {
        return line.matches("\\d+")
                && wanted.matches("\\d+")
                && Integer.parseInt(line) >= Integer.parseInt(wanted);
    }

    @Test
    void aProcessKilledInMidIngestLeavesItsLastCommitWhole() throws Exception {
        long seed = 20260131;
        Random random = new Random(seed);
        Path corpus = folder.resolve("corpus");
        List<Integer> versions = new ArrayList<>();
        for (int i = 0; i < CrashChild.DOCUMENTS; i++) {
            versions.add(0); // version 0 is none yet
        }
        for (int version = 1; version <= 3; version++) {
            Process child = child(corpus, version);
            try (BufferedReader out = child.inputReader()) {
                awaitLine(out, Integer.toString(random.nextInt(CrashChild.DOCUMENTS - 200)));
                Thread.sleep(random.nextInt(30));
                child.destroyForcibly(); // SIGKILL
                assertThat(child.waitFor()).as("seed %d", seed).isNotZero();
            }
            checkPrefix(corpus, versions, version, "seed " + seed + ", version " + version);
        }
        ingestAgainEqualsACleanIngest(corpus);
    }

    /** Batches are committed in order: a part from the beginning is new, all behind it as it was. */
    private static void checkPrefix(Path path, List<Integer> versions, int version, String as)
            throws Exception {
        VerifyReport report = Corpus.verify(path);
        assertThat(report.problems()).as(as).isEmpty();
        boolean prefix = true;
        int documents = 0;
        try (Corpus corpus = Corpus.openReadOnly(path, CrashChild.config())) {
            for (int i = 0; i < CrashChild.DOCUMENTS; i++) {
                Document found = corpus.document("d" + i);
                Document updated = CrashChild.document(i, version);
                prefix &= updated.equals(found);
                if (prefix) {
                    versions.set(i, version);
                }
                Document expected =
                        versions.get(i) == 0 ? null : CrashChild.document(i, versions.get(i));
                assertThat(found).as("%s, document %d", as, i).isEqualTo(expected);
                documents += found == null ? 0 : 1;
            }
        }
        assertThat(report.documents()).as(as).isEqualTo(documents);
    }

    private void ingestAgainEqualsACleanIngest(Path path) throws Exception {
        int last = 9;
        try (Corpus corpus = Corpus.open(path, CrashChild.config());
                Corpus clean = Corpus.inMemory(CrashChild.config())) {
            IngestReport again = corpus.ingest(CrashChild.documents(last), CrashChild.options());
            assertThat(again.failures()).isEmpty();
            assertThat(again.added() + again.updated()).isEqualTo(CrashChild.DOCUMENTS);
            clean.ingest(CrashChild.documents(last), CrashChild.options());
            assertThat(corpus.stats()).isEqualTo(clean.stats());
            for (int i = 0; i < CrashChild.DOCUMENTS; i++) {
                assertThat(corpus.document("d" + i)).isEqualTo(clean.document("d" + i));
            }
            Query all = Query.of("document 77 line").mode(Query.Mode.DENSE).topK(10_000);
            List<Hit> expected = clean.search(all).hits();
            assertThat(expected).hasSize(clean.stats().chunks());
            assertThat(corpus.search(all).hits()).isEqualTo(expected);
        }
        assertThat(Corpus.verify(path).problems()).isEmpty();
    }

    @Test
    void aCorpusThatAnotherProcessWritesIsLockedUntilThatEnds() throws Exception {
        Path corpus = folder.resolve("corpus");
        Process child = child(corpus, 1);
        try (BufferedReader out = child.inputReader()) {
            awaitLine(out, "open");
            assertThatThrownBy(() -> Corpus.open(corpus, CrashChild.config()))
                    .isInstanceOf(CorpusLockedException.class)
                    .hasMessageContaining(corpus.toString());
            awaitLine(out, "done");
            try (Corpus reader = Corpus.openReadOnly(corpus, CrashChild.config())) {
                assertThat(reader.stats().documents()).isEqualTo(CrashChild.DOCUMENTS);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (Corpus writer = Corpus.open(corpus, CrashChild.config())) {
            assertThat(writer.ingest(CrashChild.documents(1), CrashChild.options())
                            .unchanged())
                    .isEqualTo(CrashChild.DOCUMENTS);
        }
    }

    @Test
    void filesLeftBetweenTwoCommitsOpenAtTheFirst() throws Exception {
        Path path = folder.resolve("corpus");
        Path image = Files.createDirectory(folder.resolve("image"));
        IngestOptions uncommitted = CrashChild.options().withCommit(false);
        try (Corpus corpus = Corpus.open(path, CrashChild.config())) {
            corpus.ingest(CrashChild.documents(1), CrashChild.options());
            corpus.ingest(CrashChild.documents(2).subList(0, 700), uncommitted);
            corpus.delete(Filter.parse("v == 2")); // flushes
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.copy(file, image.resolve(file.getFileName()));
                }
            }
            assertThat(corpus.stats().documents()).isEqualTo(CrashChild.DOCUMENTS);
            corpus.commit();
            assertThat(corpus.stats().documents()).isZero();
        }
        assertThat(Corpus.verify(image).problems()).isEmpty();
        try (Corpus corpus = Corpus.open(image, CrashChild.config())) {
            assertThat(corpus.ingest(CrashChild.documents(1), CrashChild.options())
                            .unchanged())
                    .isEqualTo(CrashChild.DOCUMENTS);
        }
    }
}

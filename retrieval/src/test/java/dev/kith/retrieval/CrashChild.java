package dev.kith.retrieval;

import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that ingests until it is killed: {@code CrashChild FOLDER VERSION}; says how many documents are done. */
final class CrashChild {
    static final int DOCUMENTS = 900;

    private CrashChild() {}

    static CorpusConfig config() {
        return CorpusConfig.of(new HashingEmbedder(), new LineChunker()).withThreads(1);
    }

    /** All documents in a version: texts, numbers of chunks and metadata change with it. */
    static List<Document> documents(int version) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(document(i, version));
        }
        return documents;
    }

    static Document document(int number, int version) {
        StringBuilder text = new StringBuilder("# document " + number + "\n");
        for (int line = 0; line <= (number + version) % 4; line++) {
            text.append("line ")
                    .append(line)
                    .append(" of version ")
                    .append(version)
                    .append('\n');
        }
        return new Document(
                "d" + number, text.toString(), Format.PLAIN, Metadata.empty().with("v", version));
    }

    static IngestOptions options() {
        return IngestOptions.sync("crash").withCommitEvery(Duration.ZERO);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try (Corpus corpus = Corpus.open(Path.of(args[0]), config())) {
            System.out.println("open");
            corpus.ingest(
                    documents(Integer.parseInt(args[1])),
                    options().withProgress((stage, done, total) -> System.out.println(done), -1));
            System.out.println("done");
            Thread.sleep(Duration.ofMinutes(10)); // keeps the lock until it is killed
        }
    }
}

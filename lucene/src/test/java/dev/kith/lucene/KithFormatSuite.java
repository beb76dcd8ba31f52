package dev.kith.lucene;

import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.BaseKnnVectorsFormatTestCase;
import org.apache.lucene.tests.util.TestUtil;

/**
 * Lucene's own tests of a vectors format. They are random; a failure prints the line that repeats it, whose seed goes into
 * {@code -Dtests.seed}.
 */
abstract class KithFormatSuite extends BaseKnnVectorsFormatTestCase {
    private final FormatOptions options;

    KithFormatSuite(FormatOptions options) {
        this.options = options;
    }

    @Override
    protected Codec getCodec() {
        return new KithCodec(TestUtil.getDefaultCodec(), new KithVectorsFormat(options));
    }

    /** The suite asks whether floats can be rebuilt from codes when the file of raw vectors is empty. */
    @Override
    protected boolean supportsFloatVectorFallback() {
        return false;
    }

    /** Does not apply: there are no codes beside the raw vectors, so there is no file of raw vectors to empty. */
    @Override
    public void testReadQuantizedVectorWithEmptyRawVectors() throws Exception {
        assertRowsAreStoredOnce();
    }

    /** Does not apply, for the same reason. */
    @Override
    public void testScoresUnchangedWithEmptyRawVectors() throws Exception {
        assertRowsAreStoredOnce();
    }

    private void assertRowsAreStoredOnce() throws Exception {
        float[] vector = randomNormalizedVector(8);
        try (Directory directory = newDirectory()) {
            IndexWriterConfig config = newIndexWriterConfig().setUseCompoundFile(false);
            config.getMergePolicy().setNoCFSRatio(0);
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                Document document = new Document();
                document.add(new KnnFloatVectorField("field", vector));
                writer.addDocument(document);
            }
            Set<String> extensions = new TreeSet<>();
            for (String file : directory.listAll()) {
                if (file.contains(KithVectorsFormat.NAME)) {
                    extensions.add(IndexFileNames.getExtension(file));
                }
            }
            assertEquals(Set.of("vec", "vemk"), extensions);
        }
    }

    /** Merging is deterministic; the suite only expects less because Lucene's graphs are not. */
    @Override
    protected boolean mergeIsStable() {
        return true;
    }
}

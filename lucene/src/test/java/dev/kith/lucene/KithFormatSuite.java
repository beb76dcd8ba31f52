package dev.kith.lucene;

import org.apache.lucene.codecs.Codec;
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

    /** Rows are stored as they are: there is nothing quantised to fall back to. */
    @Override
    protected boolean supportsFloatVectorFallback() {
        return false;
    }

    /** Merging is deterministic; the suite only expects less because Lucene's graphs are not. */
    @Override
    protected boolean mergeIsStable() {
        return true;
    }
}

package dev.kith.lucene;

/** Lucene's suite over the quantised graph, in the heap. */
public final class QgHeapFormatTest extends KithFormatSuite {
    public QgHeapFormatTest() {
        super(FormatOptions.defaults()
                .withSpec("qg")
                .withFlatBelow(0)
                .withHeapBytes(Long.MAX_VALUE));
    }
}

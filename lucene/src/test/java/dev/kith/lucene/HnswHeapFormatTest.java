package dev.kith.lucene;

/** Lucene's suite over the hnsw family, read into the heap. */
public final class HnswHeapFormatTest extends KithFormatSuite {
    public HnswHeapFormatTest() {
        super(FormatOptions.defaults()
                .withSpec("hnsw")
                .withFlatBelow(0)
                .withHeapBytes(Long.MAX_VALUE));
    }
}

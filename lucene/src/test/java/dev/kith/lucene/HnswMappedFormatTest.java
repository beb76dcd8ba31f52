package dev.kith.lucene;

/** Lucene's suite over the hnsw family, mapped. */
public final class HnswMappedFormatTest extends KithFormatSuite {
    public HnswMappedFormatTest() {
        super(FormatOptions.defaults().withSpec("hnsw").withFlatBelow(0).withHeapBytes(0));
    }
}

package dev.kith.lucene;

/** Lucene's suite over the flat family, read into the heap. */
public final class FlatHeapFormatTest extends KithFormatSuite {
    public FlatHeapFormatTest() {
        super(FormatOptions.defaults()
                .withSpec("flat")
                .withFlatBelow(0)
                .withHeapBytes(Long.MAX_VALUE));
    }
}

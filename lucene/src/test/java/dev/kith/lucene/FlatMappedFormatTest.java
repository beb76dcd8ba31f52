package dev.kith.lucene;

/** Lucene's suite over the flat family, mapped. */
public final class FlatMappedFormatTest extends KithFormatSuite {
    public FlatMappedFormatTest() {
        super(FormatOptions.defaults().withSpec("flat").withFlatBelow(0).withHeapBytes(0));
    }
}

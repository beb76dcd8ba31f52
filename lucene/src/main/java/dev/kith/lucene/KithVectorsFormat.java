package dev.kith.lucene;

import dev.kith.spi.Float32;
import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * A Lucene vectors format that keeps the vectors of a field in a Kith index, found by the name {@code Kith}. Lucene flushes,
 * merges, deletes and commits; each segment carries one index per field, of the family that the options name, or an exact
 * index if the segment has few vectors.
 *
 * <pre>
 *  _0_Kith_0.vec    header | per field: Kith image, at a multiple of 64 | footer with checksum
 *  _0_Kith_0.vemk   header | per field: what its image is and which documents have a vector | footer
 * </pre>
 *
 * <p>A codec must hand it out through a {@code PerFieldKnnVectorsFormat}; {@link KithCodec} does. What a reader needs to know
 * stands in the segment, so that the format that Lucene makes by name can read what one with other options wrote.
 *
 * <p>Vectors come back bit for bit as they were added. Every {@code VectorSimilarityFunction} is served with Lucene's scores.
 * Under {@code COSINE} a zero vector, which has no direction, is refused with {@link IllegalArgumentException} when it is
 * added or asked for. {@code byte[]} vectors are kept as float32.
 */
public final class KithVectorsFormat extends KnnVectorsFormat {
    /** The name under which the format is found and recorded in segments. */
    public static final String NAME = "Kith";

    /** The most components a vector may have. */
    public static final int MAX_DIMENSIONS = Float32.MAX_DIMENSION;

    /** Holds the rows and the extension under which Lucene and its users expect them: they map such files. */
    static final String DATA_EXTENSION = "vec";

    static final String META_EXTENSION = "vemk";
    static final String DATA_CODEC = "KithVectorsData";
    static final String META_CODEC = "KithVectorsMeta";
    static final int VERSION = 0;

    private final FormatOptions options;

    /** {@link FormatOptions#defaults()}; the constructor for services. */
    public KithVectorsFormat() {
        this(FormatOptions.defaults());
    }

    /** A format that writes with these options; it reads whatever any other wrote. */
    public KithVectorsFormat(FormatOptions options) {
        super(NAME);
        this.options = options;
    }

    /** What new segments are written with. */
    public FormatOptions options() {
        return options;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return new KithVectorsWriter(state, options);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return KithVectorsReader.open(state);
    }

    /** The greatest dimension that the family of new segments takes; {@link #MAX_DIMENSIONS} for most. */
    @Override
    public int getMaxDimensions(String fieldName) {
        return options.family().maxDimension();
    }

    @Override
    public String toString() {
        return NAME + "(" + options + ")";
    }
}

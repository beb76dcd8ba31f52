package dev.kith.lucene;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;

/**
 * Lucene's default codec with every vector field in Kith indexes, for {@code IndexWriterConfig.setCodec}. Readers need no
 * codec: segments bear the default codec's own name, and for each field the name of the vectors format, so an index survives
 * an upgrade of Lucene's default codec as any other does.
 */
public final class KithCodec extends FilterCodec {
    private final KnnVectorsFormat format;

    /** Writes with the format's default options. */
    public KithCodec() {
        this(new KithVectorsFormat());
    }

    /** Writes every vector field with that format. */
    public KithCodec(KithVectorsFormat format) {
        this(Codec.getDefault(), format);
    }

    /** The codec with every vector field in that format. */
    public KithCodec(Codec codec, KithVectorsFormat format) {
        super(codec.getName(), codec);
        this.format = new PerFieldKnnVectorsFormat() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        };
    }

    @Override
    public KnnVectorsFormat knnVectorsFormat() {
        return format;
    }
}

import dev.kith.lucene.KithVectorsFormat;

import org.apache.lucene.codecs.KnnVectorsFormat;

/** Any Kith index inside an Apache Lucene segment. */
module dev.kith.lucene {
    requires transitive dev.kith.core;
    requires transitive org.apache.lucene.core;
    requires static org.jspecify;

    exports dev.kith.lucene;

    provides KnnVectorsFormat with
            KithVectorsFormat;
}

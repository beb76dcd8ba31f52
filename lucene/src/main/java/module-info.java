/** Any Kith index inside an Apache Lucene segment. */
module dev.kith.lucene {
    requires dev.kith.core;
    requires org.apache.lucene.core;
    requires static transitive org.jspecify;
}

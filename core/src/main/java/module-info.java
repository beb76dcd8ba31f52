/** Vocabulary, encodings, distance kernels, flat index, index files and text roles. */
module dev.kith.core {
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports dev.kith;
    exports dev.kith.spi;
    exports dev.kith.text;

    uses dev.kith.IndexFamily;

    provides dev.kith.IndexFamily with
            dev.kith.FlatFamily;
}

/** Splits Markdown, HTML, source code and plain text into chunks that point into their source. */
module dev.kith.chunking {
    requires transitive dev.kith.core;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;
    requires org.jsoup;
    requires static org.jspecify;

    exports dev.kith.chunking;
}

package dev.kith.text;

/** What a document's text is written in. */
public enum Format {
    /** Plain text. */
    PLAIN,
    /** CommonMark with tables. */
    MARKDOWN,
    /** HTML. */
    HTML,
    /** The source code of a program. */
    CODE
}

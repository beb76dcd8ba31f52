package dev.kith.chunking;

/** Divides a text into segments, such as sentences or paragraphs, white space behind each included. */
@FunctionalInterface
interface Segments {
    /** Where the segment ends that starts at start: the start of the next one, or the end of the text; above start. */
    int end(int start);
}

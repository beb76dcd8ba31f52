/**
 * Chunkers: documents in Markdown, HTML, source code or plain text to passages that are spans of their source
 * and know the headings above them. Read {@link dev.kith.chunking.FormatChunker} first; inside, a {@code Source} is a document
 * with its blocks, {@code Packer} fills chunks with blocks, {@code Joiner} with segments, {@code Cutter} cuts running text.
 *
 * <p>Not for parsing binary formats, and not for choosing how many chunks a prompt holds.
 */
@NullMarked
package dev.kith.chunking;

import org.jspecify.annotations.NullMarked;

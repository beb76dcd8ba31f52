/**
 * Chunkers: documents in Markdown, HTML or plain text to passages that are spans of their source
 * and know the headings above them.
 *
 * <p>Not for parsing binary formats, and not for choosing how many chunks a prompt holds.
 */
@NullMarked
package dev.kith.chunking;

import org.jspecify.annotations.NullMarked;

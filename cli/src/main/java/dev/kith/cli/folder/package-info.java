/**
 * Folders of text files as documents: which files, in which format, and what is wrong with those that cannot be read. Knows
 * nothing of corpora. Start reading at {@link dev.kith.cli.folder.Folder}.
 */
@NullMarked
package dev.kith.cli.folder;

import org.jspecify.annotations.NullMarked;

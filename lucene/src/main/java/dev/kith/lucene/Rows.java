package dev.kith.lucene;

import dev.kith.VectorIndex;
import dev.kith.Vectors;

import java.util.List;

/**
 * The rows of one field of a segment that is about to be written.
 *
 * @param vectors the rows, in the order of their documents
 * @param docs the document of each row, ascending
 * @param sources the indexes that the rows come from, as far as they are Kith's
 */
record Rows(Vectors vectors, int[] docs, List<VectorIndex> sources) {}

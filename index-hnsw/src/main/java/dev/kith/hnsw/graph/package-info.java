/**
 * What graph families share: the walk, the insertion of rows in batches, the choice of neighbours, the repair of a
 * layer until every row can be reached, and the calibration of efforts to recalls. Not exported. Begin with {@link dev.kith.hnsw.graph.Beam}.
 */
@NullMarked
package dev.kith.hnsw.graph;

import org.jspecify.annotations.NullMarked;

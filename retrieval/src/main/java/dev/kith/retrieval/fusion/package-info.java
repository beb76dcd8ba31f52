/** Makes one ranking of two. Read {@link dev.kith.retrieval.fusion.Fusion} first. */
@NullMarked
package dev.kith.retrieval.fusion;

import org.jspecify.annotations.NullMarked;

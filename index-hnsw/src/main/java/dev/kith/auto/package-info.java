/**
 * The choice of an index by measuring: the family {@code auto} builds several, asks which answer well enough, and gives the
 * fastest of them. It has no index and no file of its own. Begin with {@link dev.kith.auto.AutoSpec}.
 */
@NullMarked
package dev.kith.auto;

import org.jspecify.annotations.NullMarked;

/**
 * Distance kernels: the only code that knows SIMD and that rows live either in heap pages or in a mapped file. Not for
 * applications, and not exported. Read {@link dev.kith.internal.kernel.FloatScorer} first, then
 * {@link dev.kith.internal.kernel.VectorHeapKernels}; {@code docs/kernels.md} has the reasons and the numbers. Rows
 * of codes begin with {@link dev.kith.internal.kernel.CodeKernels} and {@code docs/encodings.md}.
 */
@NullMarked
package dev.kith.internal.kernel;

import org.jspecify.annotations.NullMarked;

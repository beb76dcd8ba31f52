package dev.kith.internal.kernel;

/**
 * One operation, such as the dot product, between a query of floats and stored rows. The three forms give bitwise the same
 * because each adds up in the same order.
 *
 * <p>Queries are padded with zeros to a multiple of 16 components, 32 where a byte of a row holds two, as the rows are, so
 * that no form has a tail.
 */
interface FloatKernel extends RowKernel<float[]> {}

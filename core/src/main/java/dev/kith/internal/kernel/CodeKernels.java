package dev.kith.internal.kernel;

import dev.kith.Metric;
import dev.kith.spi.Encoding;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;

/**
 * Rows of codes: component {@code i} is {@code offset + scale * code[i]} with codes of eight bits, a byte each, or of four,
 * in the low halves of the bytes the first components and in the high halves the others.
 *
 * <pre>
 * +---------------------------+-------+--------+------+--------+---------+
 * | codes, zeros to 16 bytes  | scale | offset | mean | length | zeros   |
 * +---------------------------+-------+--------+------+--------+---------+
 *   codes(bits, dimension)      float   float    float  float    to 64
 * </pre>
 *
 * <p>{@code mean} and {@code length} are those of the row as the codes have it. The length is, under
 * {@link Metric#EUCLIDEAN}, the squared length of the row without its mean; under {@link Metric#COSINE} the reciprocal of
 * the norm; else 0. A kernel computes the dot product of a query and the codes, the scorer the rest.
 */
public final class CodeKernels {
    /** Offsets of a row's constants behind its codes, all floats. */
    public static final int SCALE = 0;

    public static final int OFFSET = 4;
    public static final int MEAN = 8;
    public static final int LENGTH = 12;

    /** The bytes of all constants. */
    public static final int CONSTANTS = 16;

    private CodeKernels() {}

    /** The bytes of a row's codes. */
    public static int codes(int bits, int dimension) {
        return ((dimension * bits + 7) / 8 + 15) & -16;
    }

    /** The fastest scorer of rows in this layout, which the encoding decodes. */
    public static Scorer scorer(Records rows, Encoding encoding, int bits) {
        return FloatKernels.simd() ? vector(rows, encoding, bits) : scalar(rows, encoding, bits);
    }

    /** A scorer with the SIMD kernels; needs the module. */
    public static Scorer vector(Records rows, Encoding encoding, int bits) {
        FloatKernel kernel = switch (rows) {
            case HeapRecords heap ->
                bits == 8 ? new VectorInt8Kernels.Heap(heap) : new VectorInt4Kernels.Heap(heap);
            case MappedRecords mapped ->
                bits == 8
                        ? new VectorInt8Kernels.Mapped(mapped)
                        : new VectorInt4Kernels.Mapped(mapped);
        };
        return scorer(rows, encoding, bits, kernel);
    }

    /** A scorer with the scalar kernels. */
    public static Scorer scalar(Records rows, Encoding encoding, int bits) {
        FloatKernel kernel = switch (rows) {
            case HeapRecords heap ->
                bits == 8
                        ? new ScalarCodeKernels.HeapInt8(heap)
                        : new ScalarCodeKernels.HeapInt4(heap);
            case MappedRecords mapped ->
                bits == 8
                        ? new ScalarCodeKernels.MappedInt8(mapped)
                        : new ScalarCodeKernels.MappedInt4(mapped);
        };
        return scorer(rows, encoding, bits, kernel);
    }

    private static Scorer scorer(Records rows, Encoding encoding, int bits, FloatKernel kernel) {
        int codes = codes(bits, encoding.dimension());
        return new CodeScorer(rows, encoding, codes, codes * 8 / bits, kernel);
    }
}

package dev.kith;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Vectors and ground truth in the files that data sets come in.
 *
 * <ul>
 *   <li>{@code .fvecs}, {@code .bvecs}, {@code .ivecs} (the TEXMEX corpora): for each row its dimension as an int, then so
 *       many floats, unsigned bytes or ints; little-endian.
 *   <li>{@code .npy} (NumPy, versions 1 to 3): one two-dimensional array in C order of float32, float64, uint8 or int32,
 *       little-endian.
 * </ul>
 *
 * <p>Files are mapped, so that opening one reads a few bytes of each row at most, and unmapped when nothing refers to them
 * any more. They must not be changed meanwhile.
 */
public final class VectorFiles {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_DIMENSION = 1 << 20;

    private VectorFiles() {}

    /**
     * The rows of a {@code .fvecs}, {@code .bvecs} or {@code .npy} file; the name's end says which. Other components than
     * float32 are converted when read.
     *
     * @throws CorruptFileException if the file is empty, truncated, foreign, or its rows differ in dimension
     * @throws IllegalArgumentException if the name ends otherwise
     */
    public static Vectors open(Path file) throws IOException {
        return switch (extension(file)) {
            case "fvecs" -> vecs(file, FileVectors.Component.FLOAT32);
            case "bvecs" -> vecs(file, FileVectors.Component.UINT8);
            case "npy" -> npy(file);
            default ->
                throw new IllegalArgumentException(
                        file + ": expected a file named .fvecs, .bvecs or .npy");
        };
    }

    /**
     * The rows of an {@code .ivecs} file, or a {@code .npy} file of int32, such as the true neighbours of each query.
     *
     * @throws CorruptFileException if the file is empty, truncated, foreign, or its rows differ in length
     * @throws IllegalArgumentException if the name ends otherwise
     */
    public static int[][] ints(Path file) throws IOException {
        FileVectors rows = switch (extension(file)) {
            case "ivecs" -> vecs(file, FileVectors.Component.INT32);
            case "npy" -> npy(file);
            default ->
                throw new IllegalArgumentException(file + ": expected a file named .ivecs or .npy");
        };
        if (rows.component() != FileVectors.Component.INT32) {
            throw new CorruptFileException(
                    file.toString(), 0, "components int32", rows.component().description());
        }
        int[][] ints = new int[rows.size()][];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = rows.ints(i);
        }
        return ints;
    }

    /** Writes rows as {@code .fvecs}; an old file is overwritten. */
    public static void write(Path file, Vectors rows) throws IOException {
        float[] row = new float[rows.dimension()];
        ByteBuffer bytes = record(row.length);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int i = 0; i < rows.size(); i++) {
                rows.read(i, row, 0);
                bytes.asFloatBuffer().put(1, row);
                out.write(bytes.array());
            }
        }
    }

    /**
     * Writes rows as {@code .ivecs}; an old file is overwritten.
     *
     * @throws IllegalArgumentException if a row is empty or the lengths differ
     */
    public static void write(Path file, int[][] rows) throws IOException {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length == 0 || rows[i].length != rows[0].length) {
                throw new IllegalArgumentException("row " + i + " has " + rows[i].length
                        + " ints, the first has " + rows[0].length);
            }
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int[] row : rows) {
                ByteBuffer bytes = record(row.length);
                bytes.asIntBuffer().put(1, row);
                out.write(bytes.array());
            }
        }
    }

    private static ByteBuffer record(int dimension) {
        return ByteBuffer.allocate(4 + 4 * dimension)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, dimension);
    }

    private static FileVectors vecs(Path file, FileVectors.Component component) throws IOException {
        MemorySegment bytes = map(file);
        String name = file.toString();
        if (bytes.byteSize() < 4) {
            throw new CorruptFileException(name, 0, "a row", bytes.byteSize() + " bytes");
        }
        int dimension = bytes.get(INT, 0);
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new CorruptFileException(
                    name, 0, "a dimension in [1, " + MAX_DIMENSION + "]", "" + dimension);
        }
        long stride = 4 + (long) component.bytes() * dimension;
        long size = rows(name, bytes.byteSize(), 0, stride, bytes.byteSize() / stride);
        for (long row = 1; row < size; row++) {
            int other = bytes.get(INT, row * stride);
            if (other != dimension) {
                throw new CorruptFileException(
                        name,
                        row * stride,
                        "dimension " + dimension + " as in the first row",
                        "" + other);
            }
        }
        return new FileVectors(bytes, component, (int) size, dimension, 4, stride);
    }

    private static FileVectors npy(Path file) throws IOException {
        MemorySegment bytes = map(file);
        NpyHeader header = NpyHeader.read(bytes, file.toString());
        long stride = (long) header.component().bytes() * header.dimension();
        long size = rows(file.toString(), bytes.byteSize(), header.length(), stride, header.rows());
        return new FileVectors(
                bytes, header.component(), (int) size, header.dimension(), header.length(), stride);
    }

    /** Refuses a file that does not end where its last row does. */
    private static long rows(String name, long length, long first, long stride, long size)
            throws CorruptFileException {
        if (size > Integer.MAX_VALUE) {
            throw new CorruptFileException(
                    name, 0, "at most " + Integer.MAX_VALUE + " rows", "" + size);
        }
        if (first + size * stride != length) {
            throw new CorruptFileException(
                    name,
                    Math.min(length, first + size * stride),
                    size + " rows of " + stride + " bytes and the end",
                    length + " bytes in all");
        }
        return size;
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    private static String extension(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}

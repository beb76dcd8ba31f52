package dev.kith;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file: 0x93 NUMPY, major and minor version, the text's length (two bytes in version 1, four
 * in 2 and 3), and the text, a Python dictionary such as
 *
 * <pre>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (1000, 128), }</pre>
 *
 * @param length of the header in bytes: where the array starts
 */
record NpyHeader(FileVectors.Component component, long rows, int dimension, long length) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_TEXT = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
    /** White space is matched in one way only: a second one would make a long stretch of it quadratic. */
    private static final Pattern MATRIX =
            Pattern.compile("\\s*(\\d{1,18})\\s*,\\s*(\\d{1,7})\\s*(?:,\\s*)?");

    static NpyHeader read(MemorySegment bytes, String file) throws CorruptFileException {
        if (bytes.byteSize() < 12
                || bytes.asSlice(0, 6).mismatch(MemorySegment.ofArray(MAGIC)) >= 0) {
            throw new CorruptFileException(file, 0, "a NumPy array file", "another beginning");
        }
        int version = bytes.get(ValueLayout.JAVA_BYTE, 6);
        if (version < 1 || version > 3) {
            throw new CorruptFileException(
                    file, 6, "version 1, 2 or 3 of the NumPy format", "" + version);
        }
        long at = version == 1 ? 10 : 12;
        long length = version == 1
                ? Short.toUnsignedInt(bytes.get(SHORT, 8))
                : Integer.toUnsignedLong(bytes.get(INT, 8));
        if (length > MAX_TEXT || at + length > bytes.byteSize()) {
            throw new CorruptFileException(
                    file, 8, "a header inside the file", "one of " + length + " bytes");
        }
        String text = new String(
                bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        return parse(text, at, at + length, file);
    }

    private static NpyHeader parse(String text, long at, long length, String file)
            throws CorruptFileException {
        String type = find(TYPE, text, at, file, "'descr' of a plain type");
        FileVectors.Component component = switch (type) {
            case "<f4" -> FileVectors.Component.FLOAT32;
            case "<f8" -> FileVectors.Component.FLOAT64;
            case "|u1", "<u1" -> FileVectors.Component.UINT8;
            case "<i4" -> FileVectors.Component.INT32;
            default ->
                throw new CorruptFileException(file, at, "components <f4, <f8, |u1 or <i4", type);
        };
        if (find(ORDER, text, at, file, "'fortran_order'").equals("True")) {
            throw new CorruptFileException(
                    file, at, "rows one after another (C order)", "Fortran order");
        }
        String shape = find(SHAPE, text, at, file, "'shape'");
        Matcher matrix = MATRIX.matcher(shape);
        if (!matrix.matches()) {
            throw new CorruptFileException(file, at, "a shape of two numbers", shape);
        }
        long rows = Long.parseLong(matrix.group(1));
        int dimension = Integer.parseInt(matrix.group(2));
        if (dimension < 1 || rows > Integer.MAX_VALUE) {
            throw new CorruptFileException(
                    file, at, "at least one column and fewer than 2^31 rows", shape);
        }
        return new NpyHeader(component, rows, dimension, length);
    }

    private static String find(Pattern pattern, String text, long at, String file, String what)
            throws CorruptFileException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new CorruptFileException(file, at, what, text.strip());
        }
        return matcher.group(1);
    }
}

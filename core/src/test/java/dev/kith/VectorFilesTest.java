package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFilesTest {
    @TempDir
    Path folder;

    @Test
    void floatsComeBackAsTheyWereWritten() throws Exception {
        Random random = new Random(9);
        float[][] rows = new float[50][17];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat();
            }
        }
        Path file = folder.resolve("rows.fvecs");
        VectorFiles.write(file, Vectors.of(rows));
        assertThat(Files.size(file)).isEqualTo(50 * (4 + 17 * 4));
        Vectors back = VectorFiles.open(file);
        assertThat(back.size()).isEqualTo(50);
        assertThat(back.dimension()).isEqualTo(17);
        for (int i = 0; i < rows.length; i++) {
            assertThat(back.row(i)).containsExactly(rows[i]);
        }
        assertThatThrownBy(() -> back.row(50)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> back.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> back.read(0, new float[20], 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void intsComeBackAsTheyWereWritten() throws Exception {
        int[][] rows = {{1, -2, Integer.MAX_VALUE}, {4, 5, 6}};
        Path file = folder.resolve("truth.ivecs");
        VectorFiles.write(file, rows);
        assertThat(VectorFiles.ints(file)).isDeepEqualTo(rows);
        assertThatThrownBy(() -> VectorFiles.write(file, new int[][] {{1}, {2, 3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1");
    }

    @Test
    void bytesAreUnsigned() throws Exception {
        Path file = write(
                "rows.bvecs",
                out -> out.putInt(3).put(new byte[] {0, 127, -1}).putInt(3).put(new byte[] {
                    -128, 1, 2
                }));
        Vectors rows = VectorFiles.open(file);
        assertThat(rows.row(0)).containsExactly(0, 127, 255);
        assertThat(rows.row(1)).containsExactly(128, 1, 2);
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        Path whole = folder.resolve("whole.fvecs");
        VectorFiles.write(whole, Vectors.of(new float[] {1, 2}, new float[] {3, 4}));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            if (length == 12) {
                continue; // one whole row
            }
            Path file = folder.resolve("cut.fvecs");
            Files.write(file, Arrays.copyOf(bytes, length));
            refused(file, file.toString());
        }
    }

    @Test
    void raggedRowsAreRefusedWithTheirPlace() throws Exception {
        Path file = write(
                "ragged.fvecs",
                out -> out.putInt(2)
                        .putFloat(1)
                        .putFloat(2)
                        .putInt(1)
                        .putFloat(3)
                        .putFloat(0));
        refused(file, "offset 12: expected dimension 2 as in the first row, found 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 21})
    void impossibleDimensionsAreRefused(int dimension) throws Exception {
        refused(write("odd.fvecs", out -> out.putInt(dimension).putInt(0)), "" + dimension);
    }

    @Test
    void foreignFilesAreRefused() throws Exception {
        byte[] text = "# a text, not vectors\n".repeat(9).getBytes(StandardCharsets.UTF_8);
        for (String name : new String[] {"text.fvecs", "text.bvecs", "text.npy"}) {
            refused(write(name, out -> out.put(text)), name);
        }
        Path truth = write("text.ivecs", out -> out.put(text));
        assertThatThrownBy(() -> VectorFiles.ints(truth)).isInstanceOf(CorruptFileException.class);
        assertThatThrownBy(() -> VectorFiles.open(folder.resolve("rows.csv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".fvecs");
        assertThatThrownBy(() -> VectorFiles.ints(folder.resolve("rows.fvecs")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".ivecs");
        assertThatThrownBy(() -> VectorFiles.open(folder.resolve("missing.fvecs")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void numpyArraysOfEachTypeAreRead(int version) throws Exception {
        assertThat(rows(npy(version, "<f4", "(2, 2)", out -> floats(out, 1.5f, 2, 3, 4))))
                .isDeepEqualTo(new float[][] {{1.5f, 2}, {3, 4}});
        assertThat(rows(npy(version, "<f8", "(1,2)", out -> out.putDouble(0.25).putDouble(-1))))
                .isDeepEqualTo(new float[][] {{0.25f, -1}});
        assertThat(rows(npy(version, "|u1", "(2, 1)", out -> out.put((byte) 200).put((byte) 1))))
                .isDeepEqualTo(new float[][] {{200}, {1}});
        Path ints = npy(version, "<i4", "(1, 2)", out -> out.putInt(-7).putInt(8));
        assertThat(rows(ints)).isDeepEqualTo(new float[][] {{-7, 8}});
        assertThat(VectorFiles.ints(ints)).isDeepEqualTo(new int[][] {{-7, 8}});
        assertThat(VectorFiles.open(npy(version, "<f4", "(0, 5)", out -> {})).size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ">f4; False; (2, 2)",
                "<i8; False; (2, 1)",
                "<f4; True; (2, 2)",
                "<f4; False; (4,)",
                "<f4; False; ()",
                "<f4; False; (1, 2, 2)",
                "<f4; False; (3, 2)",
                "<f4; False; (1, 2)",
                "<f4; False; (2, 0)",
                "<f4; False; (-2, -2)",
                "<f4; None; (2, 2)",
                "<f4; False; (4294967298, 2)",
                "<f4; False; (999999999999999999, 9999999)"
            })
    void numpyArraysOfOtherKindsAreRefused(String type, String fortran, String shape)
            throws Exception {
        refused(npy(1, type, fortran, shape, out -> floats(out, 1, 2, 3, 4)), "expected");
    }

    /** Quadratic in the white space, this would take the build minutes. */
    @Test
    void aNumpyShapeOfWhiteSpaceIsRefusedAtOnce() throws Exception {
        String shape = "(1, 1" + " ".repeat(65_000) + "x)";
        for (int i = 0; i < 50; i++) {
            refused(npy(2, "<f4", shape, out -> floats(out, 1)), "a shape of two numbers");
        }
        assertThat(rows(npy(2, "<f4", "( 1 , 1 , )", out -> floats(out, 1))))
                .isDeepEqualTo(new float[][] {{1}});
    }

    @Test
    void everyTruncationOfANumpyFileIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(npy(1, "<f4", "(2, 2)", out -> floats(out, 1, 2, 3, 4)));
        Path file = folder.resolve("cut.npy");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(file, file.toString());
        }
    }

    @Test
    void groundTruthMustBeInts() throws Exception {
        Path floats = npy(1, "<f4", "(2, 2)", out -> floats(out, 1, 2, 3, 4));
        assertThatThrownBy(() -> VectorFiles.ints(floats))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("float32");
    }

    private static void floats(ByteBuffer out, float... values) {
        for (float value : values) {
            out.putFloat(value);
        }
    }

    private Path npy(int version, String type, String shape, Consumer<ByteBuffer> data)
            throws Exception {
        return npy(version, type, "False", shape, data);
    }

    private Path npy(
            int version, String type, String fortran, String shape, Consumer<ByteBuffer> data)
            throws Exception {
        byte[] text = ("{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': "
                        + shape + ", }       \n")
                .getBytes(StandardCharsets.UTF_8);
        return write("array.npy", out -> {
            out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
            if (version == 1) {
                out.putShort((short) text.length);
            } else {
                out.putInt(text.length);
            }
            data.accept(out.put(text));
        });
    }

    private Path write(String name, Consumer<ByteBuffer> content) throws Exception {
        ByteBuffer out = ByteBuffer.allocate(1 << 17).order(ByteOrder.LITTLE_ENDIAN);
        content.accept(out);
        Path file = folder.resolve(name);
        Files.write(file, Arrays.copyOf(out.array(), out.position()));
        return file;
    }

    private static float[][] rows(Path file) throws Exception {
        Vectors vectors = VectorFiles.open(file);
        float[][] rows = new float[vectors.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = vectors.row(i);
        }
        return rows;
    }

    private static void refused(Path file, String message) {
        assertThatThrownBy(() -> VectorFiles.open(file))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining(message);
    }
}

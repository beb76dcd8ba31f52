package dev.kith.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a segment that are not as they were written. */
class DamagedSegmentTest {
    private static final FormatOptions GRAPH =
            FormatOptions.defaults().withSpec("hnsw").withFlatBelow(0);

    /** Mapped images are not checked when they are opened: what searches follow must be in range even so. */
    @ParameterizedTest
    @CsvSource({".vec,true", ".vec,false", ".vemk,true"})
    void checkIndexFindsEachFlippedBit(String extension, boolean mapped, @TempDir Path folder)
            throws IOException {
        Random random = new Random(1);
        Directory empty = mapped ? new MMapDirectory(folder) : new ByteBuffersDirectory();
        try (Directory directory = index(empty, GRAPH)) {
            String file = file(directory, extension);
            byte[] good = read(directory, file);
            for (int round = 0; round < 200; round++) {
                byte[] damaged = good.clone();
                int at = random.nextInt(damaged.length);
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                write(directory, file, damaged);
                assertThat(clean(directory))
                        .as("a flipped bit at %d, seed 1", at)
                        .isFalse();
                openAndSearch(directory, "a flipped bit at " + at);
            }
            write(directory, file, good);
            assertThat(clean(directory)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".vec", ".vemk"})
    void refusesToOpenTruncatedFiles(String extension) throws IOException {
        try (Directory directory = index(new ByteBuffersDirectory(), GRAPH)) {
            String file = file(directory, extension);
            byte[] good = read(directory, file);
            for (int length = 0; length < good.length; length += 1 + length / 9) {
                write(directory, file, Arrays.copyOf(good, length));
                assertThatThrownBy(() -> DirectoryReader.open(directory).close())
                        .as("%d of %d bytes", length, good.length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /** Bytes that Lucene's checksum covers again after they were changed: only the image can tell. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesAForeignImage(boolean heap, @TempDir Path folder) throws IOException {
        try (Directory directory =
                index(new MMapDirectory(folder), GRAPH.withHeapBytes(heap ? Long.MAX_VALUE : 0))) {
            String file = file(directory, ".vec");
            byte[] bytes = read(directory, file);
            int image = indexOf(bytes, new byte[] {(byte) 0x89, 'K', 'T', 'H'});
            assertThat(image % FieldEntry.ALIGNMENT).isZero();
            bytes[image]++;
            write(directory, file, withChecksum(directory, bytes));
            assertThatThrownBy(() -> DirectoryReader.open(directory).close())
                    .isInstanceOf(CorruptIndexException.class)
                    .hasMessageContaining(".vec");
        }
    }

    /** Whatever happens, it is an exception of the kind that Lucene knows, or a right or wrong answer. */
    private static void openAndSearch(Directory directory, String as) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            float[] query =
                    VectorCollectionTest.vector(new Random(2), VectorSimilarityFunction.EUCLIDEAN);
            assertThat(new IndexSearcher(reader)
                            .search(new KnnFloatVectorQuery(VectorCollection.FIELD, query, 5), 5)
                            .scoreDocs)
                    .as(as)
                    .hasSizeLessThanOrEqualTo(5);
        } catch (CorruptIndexException e) {
            assertThat(e.getMessage()).as(as).isNotBlank();
        } catch (IOException e) {
            assertThat(e.getClass().getName()).as("%s: %s", as, e).contains("Format");
        }
    }

    private static Directory index(Directory directory, FormatOptions options) throws IOException {
        IndexWriterConfig config = VectorCollection.config(options).setUseCompoundFile(false);
        Random random = new Random(3);
        try (VectorCollection collection =
                new VectorCollection(directory, VectorSimilarityFunction.EUCLIDEAN, config)) {
            for (int id = 0; id < 40; id++) {
                float[] vector = VectorCollectionTest.vector(random, collection.function);
                collection.put(id, id % 3 == 0 ? null : vector);
            }
        }
        return directory;
    }

    private static boolean clean(Directory directory) throws IOException {
        try (CheckIndex check = new CheckIndex(directory)) {
            return check.checkIndex().clean;
        }
    }

    private static String file(Directory directory, String extension) throws IOException {
        return Arrays.stream(directory.listAll())
                .filter(name -> name.endsWith(extension))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] read(Directory directory, String file) throws IOException {
        try (IndexInput in = directory.openInput(file, IOContext.DEFAULT)) {
            byte[] bytes = new byte[(int) in.length()];
            in.readBytes(bytes, 0, bytes.length);
            return bytes;
        }
    }

    private static void write(Directory directory, String file, byte[] bytes) throws IOException {
        directory.deleteFile(file);
        try (IndexOutput out = directory.createOutput(file, IOContext.DEFAULT)) {
            out.writeBytes(bytes, bytes.length);
        }
    }

    /** The bytes with a new footer. */
    private static byte[] withChecksum(Directory directory, byte[] bytes) throws IOException {
        String name = "again";
        try (IndexOutput out = directory.createOutput(name, IOContext.DEFAULT)) {
            out.writeBytes(bytes, bytes.length - CodecUtil.footerLength());
            CodecUtil.writeFooter(out);
        }
        byte[] again = read(directory, name);
        directory.deleteFile(name);
        return again;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at < bytes.length; at++) {
            if (Arrays.mismatch(bytes, at, bytes.length, part, 0, part.length) == part.length) {
                return at;
            }
        }
        throw new AssertionError("no image");
    }
}

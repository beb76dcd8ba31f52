package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BuildContext;
import dev.kith.CorruptFileException;
import dev.kith.FlatSpec;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexImageTest {
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    void comesBackTheSameFromMemoryHeapAndMapping() throws Exception {
        IndexImage made = image();
        Path file = folder.resolve("image.kith");
        made.save(file);
        byte[] bytes = MemorySource.of(made).bytes();
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        for (IndexImage image : List.of(
                made,
                IndexImage.open(file, Residency.HEAP),
                IndexImage.open(file, Residency.MAPPED),
                IndexImage.open(new MemorySource(bytes), Residency.MAPPED))) {
            assertThat(MemorySource.of(image).bytes()).isEqualTo(bytes);
            assertThat(image.family()).isEqualTo("TEST");
            assertThat(image.version()).isEqualTo(3);
            assertThat(image.bytes()).isEqualTo(7 * 12 + 2 * 100);
            assertThat(image.parameters())
                    .containsExactly(
                            Map.entry("z", "first"),
                            Map.entry("a", "sécond = 2"),
                            Map.entry("empty", ""));
            assertThat(image.has(4)).isTrue();
            assertThat(image.has(5)).isFalse();
            Records four = image.records(4, 12, 7);
            for (int i = 0; i < 7; i++) {
                assertThat(four.getInt(i, 8)).isEqualTo(1000 + i);
                assertThat(four.getFloat(i, 4)).isEqualTo(i / 2f);
            }
            assertThat(image.records(9, 100, 2).getInt(1, 96)).isEqualTo(-5);
            image.close();
        }
    }

    @Test
    void sectionsStartAtCacheLinesWithZerosBetween() throws Exception {
        Path file = folder.resolve("image.kith");
        image().save(file);
        List<Section> sections = IndexImage.verify(file);
        assertThat(sections).extracting(Section::id).containsExactly(4, 9);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(sections).allMatch(section -> section.offset() % 64 == 0);
        long end = sections.getFirst().offset() + sections.getFirst().length();
        for (long at = end; at < sections.getLast().offset(); at++) {
            assertThat(bytes[(int) at]).isZero();
        }
    }

    @Test
    void refusesForeignFiles() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("name"));
            out.write(new byte[5000]);
        }
        for (byte[] foreign : List.of(
                new byte[0],
                new byte[1],
                new byte[96],
                new byte[10_000],
                "a text, and quite a long one\n".repeat(50).getBytes(StandardCharsets.UTF_8),
                zip.toByteArray())) {
            Path file = folder.resolve("foreign");
            Files.write(file, foreign);
            refused(file, file.toString());
        }
        assertThatThrownBy(() -> IndexImage.open(folder, Residency.HEAP))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("folder");
        assertThatThrownBy(() -> IndexImage.open(folder.resolve("none"), Residency.MAPPED))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesGarbageBehindAValidMagic() throws Exception {
        Random random = new Random(SEED);
        byte[] magic = MemorySource.of(image()).bytes();
        for (int round = 0; round < 2000; round++) {
            byte[] garbage = new byte[8 + random.nextInt(400)];
            random.nextBytes(garbage);
            System.arraycopy(magic, 0, garbage, 0, 8);
            refused(garbage, "round " + round + ", seed " + SEED);
        }
    }

    /** Lies under good checksums: what a check of checksums alone would follow. */
    @Test
    void refusesFieldsThatCannotBeTrueThoughTheirChecksumsAre() throws Exception {
        for (int value : new int[] {-1, Integer.MAX_VALUE, 1025, 1024, 3, 1}) {
            refused(crafted(head -> head.putInt(24, value)), "sections " + value);
        }
        for (int value : new int[] {-1, Integer.MAX_VALUE, 1 << 20, 1000, 0}) {
            refused(crafted(head -> head.putInt(16, value)), "length of parameters " + value);
        }
        for (long value : new long[] {-1, 0, 64, Long.MAX_VALUE}) {
            refused(crafted(head -> head.putLong(32, value)), "length " + value);
        }
        for (long value : new long[] {-64, 0, 64, 100, 129, 1 << 20, Long.MAX_VALUE - 63}) {
            refused(crafted(head -> head.putLong(64 + 8, value)), "offset " + value);
        }
        for (long value : new long[] {-1, Long.MIN_VALUE, 1000, Long.MAX_VALUE}) {
            refused(crafted(head -> head.putLong(64 + 16, value)), "section length " + value);
        }
        refused(crafted(head -> head.putInt(64, 9)), "two sections of an id");
        refused(crafted(head -> head.putShort(14, (short) 4)), "reader newer than writer");
        refused(crafted(head -> head.putInt(8, 0x01020304)), "tag that is not text");
        refused(crafted(head -> head.put(8, (byte) 'X')), "tags that differ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", "novalue", "a=1\na=2", "\n\n", "\r=\r", "\u0000", "a"})
    void refusesOddParametersThoughTheirChecksumIsGood(String parameters) throws Exception {
        byte[] text = (parameters + "\n".repeat(30)).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = crafted(head -> head.put(64 + 48, text, 0, head.getInt(16)));
        refused(bytes, parameters);
    }

    @Test
    void readsAParameterOfAnyBytes() throws Exception {
        byte[] bytes = crafted(head -> head.put(64 + 48 + 2, (byte) 0xFF));
        assertThat(IndexImage.open(new MemorySource(bytes), Residency.HEAP).parameter("z"))
                .isEqualTo("\uFFFDirst");
    }

    @Test
    void refusesAFamilyThatIsNotPresent() throws Exception {
        Path file = folder.resolve("image.kith");
        image().save(file);
        assertThatThrownBy(() -> VectorIndex.open(file))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("TEST")
                .hasMessageContaining("FLAT")
                .hasMessageContaining("offset 8");
    }

    @Test
    void refusesSectionsAndParametersOfAnotherShape() throws Exception {
        Path file = folder.resolve("image.kith");
        image().save(file);
        for (IndexImage image : List.of(image(), IndexImage.open(file, Residency.MAPPED))) {
            refused(() -> image.records(4, 12, 8));
            refused(() -> image.records(4, 24, 7));
            refused(() -> image.records(5, 12, 7));
            refused(() -> image.heapRecords(4, 12, Integer.MAX_VALUE));
            refused(() -> image.parameter("missing"));
            refused(() -> image.intParameter("z", 0, 10));
            refused(() -> image.intParameter("missing", 0, 10));
            refused(() -> image.metricParameter("z"));
            image.close();
        }
        IndexImage image = IndexImage.builder("TEST", 1, Map.of("n", "11")).build();
        assertThat(image.intParameter("n", 0, 11)).isEqualTo(11);
        refused(() -> image.intParameter("n", 0, 10));
        refused(() -> image.intParameter("n", 12, 20));
    }

    @Test
    void refusesToMakeWhatCouldNotBeRead() {
        for (String tag : new String[] {"", "ABC", "ABCDE", "AB\u00e9D", "AB\nD"}) {
            assertThatThrownBy(() -> IndexImage.builder(tag, 1, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int version : new int[] {-1, 65_536}) {
            assertThatThrownBy(() -> IndexImage.builder("TEST", version, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + version);
        }
        for (Map<String, String> odd : List.of(
                Map.of("", "1"), Map.of("a=b", "1"), Map.of("a", "1\n2"), Map.of("a\r", ""))) {
            assertThatThrownBy(() -> IndexImage.builder("TEST", 1, odd))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        HeapRecords none = HeapRecords.allocate(0, 4);
        assertThatThrownBy(() ->
                        IndexImage.builder("TEST", 1, Map.of()).section(1, none).section(1, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(IndexImage.builder("TEST", 1, Map.of("a", "é".repeat(1 << 19)))::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048579");
        IndexImage.Builder many = IndexImage.builder("TEST", 1, Map.of());
        IntStream.rangeClosed(0, 1024).forEach(id -> many.section(id, none));
        assertThatThrownBy(many::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1025");
    }

    @Test
    void aClosedMappingSaysSoAndClosingAgainIsFine() throws Exception {
        Path file = folder.resolve("image.kith");
        image().save(file);
        IndexImage image = IndexImage.open(file, Residency.MAPPED);
        Records records = image.records(4, 12, 7);
        image.close();
        image.close();
        assertThatThrownBy(() -> records.getInt(0, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesTheSourceOfAnImageThatCannotBeOpened() {
        MemorySource source = new MemorySource(new byte[500]);
        assertThatThrownBy(() -> IndexImage.open(source, Residency.HEAP))
                .isInstanceOf(CorruptFileException.class);
        assertThat(source.closes).isEqualTo(1);
    }

    @Test
    void closesTheSourceWhenMemoryDoesNotSuffice() {
        MemorySource source = new MemorySource(new byte[500]) {
            @Override
            public void read(long position, byte[] into, int offset, int length) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        assertThatThrownBy(() -> IndexImage.open(source, Residency.HEAP))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(source.closes).isEqualTo(1);
    }

    @Test
    void closesTheSourceWhenMemoryDoesNotSufficeForTheIndex() throws Exception {
        byte[] bytes = MemorySource.of(VectorIndex.build(
                                Vectors.of(new float[] {1, 2}),
                                new FlatSpec(Metric.EUCLIDEAN),
                                BuildContext.defaults())
                        .image())
                .bytes();
        boolean[] opened = {false};
        MemorySource source = new MemorySource(bytes) {
            @Override
            public void read(long position, byte[] into, int offset, int length)
                    throws IOException {
                if (opened[0]) {
                    throw new OutOfMemoryError("Java heap space");
                }
                super.read(position, into, offset, length);
            }
        };
        IndexImage image = IndexImage.open(source, Residency.HEAP);
        opened[0] = true;
        assertThatThrownBy(() -> VectorIndex.open(image)).isInstanceOf(OutOfMemoryError.class);
        assertThat(source.closes).isEqualTo(1);
    }

    private static IndexImage image() {
        HeapRecords four = HeapRecords.allocate(7, 12);
        for (int i = 0; i < 7; i++) {
            four.putInt(i, 8, 1000 + i);
            four.putFloat(i, 4, i / 2f);
        }
        HeapRecords nine = HeapRecords.allocate(2, 100);
        nine.putInt(1, 96, -5);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("z", "first");
        parameters.put("a", "sécond = 2");
        parameters.put("empty", "");
        return IndexImage.builder("TEST", 3, parameters)
                .section(9, nine)
                .section(4, four)
                .build();
    }

    /** An image with a lie in its header, table or parameters, and every checksum over it put right. */
    private static byte[] crafted(Consumer<ByteBuffer> lie) throws IOException {
        byte[] bytes = MemorySource.of(image()).bytes();
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int parameters = all.getInt(16);
        lie.accept(all);
        all.putInt(28, Checksum.of(bytes, 64, 48));
        all.putInt(20, Checksum.of(bytes, 64 + 48, parameters));
        all.putInt(60, Checksum.of(bytes, 0, 60));
        int foot = bytes.length - 32;
        all.putInt(foot + 8, Checksum.of(bytes, 64, foot - 64));
        Checksum sum = new Checksum();
        sum.write(bytes, foot, 20);
        sum.write(bytes, foot + 24, 8);
        all.putInt(foot + 20, sum.value());
        return bytes;
    }

    private void refused(byte[] bytes, String what) throws IOException {
        Path file = folder.resolve("bad.kith");
        Files.write(file, bytes);
        refused(file, what);
    }

    private static void refused(Path file, String what) {
        for (Residency residency : Residency.values()) {
            assertThatThrownBy(() -> IndexImage.open(file, residency).close())
                    .as(what)
                    .isInstanceOf(CorruptFileException.class);
        }
        assertThatThrownBy(() -> VectorIndex.load(file))
                .as(what)
                .isInstanceOf(CorruptFileException.class);
        assertThatThrownBy(() -> VectorIndex.open(file))
                .as(what)
                .isInstanceOf(CorruptFileException.class);
        assertThatThrownBy(() -> IndexImage.verify(file))
                .as(what)
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining(file.toString());
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static void refused(Reading reading) {
        assertThatThrownBy(reading::read).isInstanceOf(CorruptFileException.class);
    }
}

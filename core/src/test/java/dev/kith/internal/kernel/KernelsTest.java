package dev.kith.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kith.Metric;
import dev.kith.internal.kernel.KernelCheck.Kernels;
import dev.kith.spi.Encoding;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.Scorer;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {
    /** HotSpot inlines hot methods below this number of bytecodes (FreqInlineSize). */
    private static final int INLINED = 325;

    /** The forms of several rows are called; a body that grows beyond this wants to be measured again. */
    private static final int CALLED = 1500;

    private static final Set<String> OF_SEVERAL = Set.of("two", "four", "eight");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void simdKernelsAgreeWithExactSums(Kernels kernels) throws Exception {
        assertThat(FloatKernels.simd()).as("the build passes --add-modules").isTrue();
        KernelCheck.check(kernels, true, folder);
    }

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void scalarKernelsAgreeWithExactSums(Kernels kernels) throws Exception {
        KernelCheck.check(kernels, false, folder);
    }

    @Test
    void kernelsOverSignsCountWhatOneSignAtATimeCounts() throws Exception {
        SignCheck.check(folder);
    }

    @ParameterizedTest
    @CsvSource({"16, 4", "32, 8", "64, 16"})
    void kernelsAgreeInJvmsOfEachVectorWidth(int bytes, int lanes) throws Exception {
        String out = java("-XX:MaxVectorSize=" + bytes, "--add-modules=jdk.incubator.vector");
        // A processor may have narrower vectors than the limit asks for, never wider ones.
        assertThat(out)
                .containsAnyOf(IntStream.of(4, 8, 16)
                        .filter(possible -> possible <= lanes)
                        .mapToObj(possible -> "lanes " + possible)
                        .toArray(String[]::new));
        assertThat(out).doesNotContain("without SIMD");
    }

    @Test
    void withoutTheModuleEverythingWorksOnScalarsAndOneLineSaysSo() throws Exception {
        String out = java("-Xlog:class+load:stdout");
        assertThat(out)
                .contains("lanes 1")
                .contains("ScalarKernels$HeapDot")
                .contains("ScalarCodeKernels$HeapInt8");
        assertThat(out)
                .doesNotContain("jdk.incubator.vector.")
                .doesNotContain("VectorHeapKernels")
                .doesNotContain("VectorInt8Kernels");
        assertThat(out.lines().filter(line -> line.contains("--add-modules jdk.incubator.vector")))
                .hasSize(1)
                .allMatch(line -> line.contains("without SIMD"));
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void kernelsAllocateNothing(Kernels kernels, Metric metric) throws Exception {
        Random random = new Random(5);
        float[][] vectors = new float[40][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = KernelCheck.vector(random, 100);
        }
        Encoding encoding = kernels.encoding(100, metric);
        KernelCheck.eachStorage(vectors, encoding, folder, (rows, storage) -> {
            allocatesNothing(kernels.scorer(rows, encoding, true), vectors[0]);
            allocatesNothing(kernels.scorer(rows, encoding, false), vectors[0]);
        });
    }

    @Test
    void kernelsOverSignsAllocateNothing() throws Exception {
        Random random = new Random(5);
        HeapRecords heap = SignCheck.records(random, 784);
        float[] query = KernelCheck.vector(random, 784);
        SignCheck.eachStorage(heap, folder, rows -> {
            signsAllocateNothing(new SignKernels(SignKernels.vector(rows), 784), query);
            signsAllocateNothing(new SignKernels(SignKernels.scalar(rows), 784), query);
        });
    }

    private static void signsAllocateNothing(SignKernels kernels, float[] query) {
        int[] rows = IntStream.range(0, 21).toArray();
        float[] out = new float[rows.length];
        assertNothingAllocated(call -> {
            kernels.query(query);
            kernels.sums(rows, 8 + call % 13, out);
            out[0] = kernels.sum(call % 21);
        });
    }

    static Stream<Arguments> kernelsAndMetrics() {
        return Stream.of(Kernels.values())
                .flatMap(kernels ->
                        Stream.of(Metric.values()).map(metric -> Arguments.of(kernels, metric)));
    }

    private static void allocatesNothing(Scorer scorer, float[] query) {
        int[] rows = IntStream.range(0, 31).toArray();
        float[] out = new float[rows.length];
        assertNothingAllocated(call -> {
            scorer.query(query);
            scorer.query(call % 7);
            scorer.distances(rows, 8 + call % 23, out);
            out[0] = scorer.distance(call % 31);
        });
    }

    /** Calls every form of a kernel until it is compiled, then a thousand times more without a byte. */
    private static void assertNothingAllocated(IntConsumer use) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 1;
        for (int round = 0; round < 300 && bytes > 0; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < 1000; call++) {
                use.accept(call);
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(bytes).as("bytes in 1000 calls of a warm scorer").isZero();
    }

    /** One row is inlined into its caller; the forms of several are called, at a part of a call a row. */
    @Test
    void kernelsAreShortEnoughToBeCompiledWell() throws Exception {
        List<String> found = new ArrayList<>();
        for (Class<?> owner : List.of(
                VectorHeapKernels.Dot.class,
                VectorHeapKernels.Squared.class,
                VectorMappedKernels.Dot.class,
                VectorMappedKernels.Squared.class,
                VectorInt8Kernels.Heap.class,
                VectorInt8Kernels.Mapped.class,
                VectorInt4Kernels.Heap.class,
                VectorInt4Kernels.Mapped.class,
                VectorSignKernels.Heap.class,
                VectorSignKernels.Mapped.class)) {
            for (MethodModel method : parse(owner).methods()) {
                int bytes = ((CodeAttribute) method.code().orElseThrow()).codeLength();
                String name = method.methodName().stringValue();
                found.add(name);
                assertThat(bytes)
                        .as(owner.getName() + "." + name)
                        .isLessThan(OF_SEVERAL.contains(name) ? CALLED : INLINED);
            }
        }
        assertThat(found).contains("one").containsAll(OF_SEVERAL);
    }

    private static ClassModel parse(Class<?> type) throws Exception {
        String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(name)) {
            return ClassFile.of().parse(in.readAllBytes());
        }
    }

    private static String java(String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(flags));
        command.add(KernelCheck.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}

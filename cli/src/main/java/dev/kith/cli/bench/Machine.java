package dev.kith.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a number was measured on; a number without it cannot be compared.
 *
 * @param cpu the processor's model and how many of its threads the JVM may use
 * @param system the operating system
 * @param java the JVM
 * @param flags the JVM's options
 */
public record Machine(String cpu, String system, String java, String flags) {
    /** This one. */
    public static Machine current() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                cpuModel() + ", " + runtime.availableProcessors() + " threads",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(flag -> !flag.startsWith("-Dkith."))
                                .collect(Collectors.joining(" "))
                        + " (heap up to " + (runtime.maxMemory() >> 20) + " MiB)");
    }

    /** The processor time that this process has used so far, in seconds, of all its threads. */
    public static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : Double.NaN;
    }

    /** The processor time that the calling thread has used so far; -1 where the JVM cannot tell. */
    static long threadCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : -1;
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            // Linux alone has the file; elsewhere the architecture must do.
            return System.getProperty("os.arch");
        }
    }
}

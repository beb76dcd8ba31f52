package dev.kith.jmh;

import java.util.Arrays;

/**
 * Looks at all threads every few milliseconds and counts those that embed: of their busy samples, how many were inside ONNX
 * Runtime. Its runs are native code, where a thread needs no safepoint to be looked at, so that the samples are fair.
 */
final class RunSampler {
    private static final long EVERY_MILLIS = 10;
    private static final String SESSION = "ai.onnxruntime.OrtSession";

    private final Thread thread;
    private volatile boolean stopped;
    private long busy;
    private long inside;

    RunSampler() {
        thread = Thread.ofPlatform().name("run-sampler").daemon().start(this::sample);
    }

    private void sample() {
        while (!stopped) {
            Thread.getAllStackTraces().forEach((sampled, stack) -> {
                if (sampled.getState() == Thread.State.RUNNABLE && embeds(stack)) {
                    busy++;
                    inside += Arrays.stream(stack).anyMatch(RunSampler::isRun) ? 1 : 0;
                }
            });
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private static boolean isRun(StackTraceElement frame) {
        return frame.getClassName().equals(SESSION) && frame.getMethodName().equals("run");
    }

    private static boolean embeds(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().startsWith("dev.kith.embedding.")
                        || frame.getClassName().startsWith("dev.kith.onnx.")
                        || frame.getClassName().startsWith("dev.langchain4j.model.embedding."));
    }

    /** Ends, and says which part of the busy time was spent inside runs. */
    double stop() throws InterruptedException {
        stopped = true;
        thread.join();
        return inside / (double) Math.max(1, busy);
    }
}

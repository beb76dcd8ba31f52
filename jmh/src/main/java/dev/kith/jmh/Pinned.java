package dev.kith.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Keeps a thread on one processor, where the system can do that. */
final class Pinned {
    private Pinned() {}

    /** Pins the calling thread; says whether that worked. */
    static boolean to(int processor) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("sched_setaffinity")
                .map(function -> call(linker, function, processor))
                .orElse(false);
    }

    @SuppressWarnings("restricted") // the benchmarks run with native access enabled
    private static boolean call(Linker linker, MemorySegment function, int processor) {
        MethodHandle pin = linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(128, 8);
            mask.set(ValueLayout.JAVA_BYTE, processor >> 3, (byte) (1 << (processor & 7)));
            return (int) pin.invokeExact(0, mask.byteSize(), mask) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("sched_setaffinity failed", e);
        }
    }
}

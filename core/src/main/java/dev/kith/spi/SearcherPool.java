package dev.kith.spi;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps scratch between searches for callers that do not hold a searcher of their own. Safe for any number of threads:
 * each call has its scratch to itself. At most two searchers a processor are kept; more callers than that at once make
 * new ones, which are dropped afterwards.
 *
 * @param <S> the scratch
 */
public final class SearcherPool<S> {
    private final Supplier<S> maker;
    private final AtomicReferenceArray<@Nullable S> idle =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

    /** @param maker makes new scratch */
    public SearcherPool(Supplier<S> maker) {
        this.maker = maker;
    }

    /**
     * Calls with scratch that nobody else uses meanwhile. Scratch of a call that throws is dropped, since it may be half
     * used.
     */
    public <R> R call(Function<S, R> use) {
        S scratch = take();
        R result = use.apply(scratch);
        give(scratch);
        return result;
    }

    private S take() {
        for (int i = 0; i < idle.length(); i++) {
            S scratch = idle.getPlain(i) == null ? null : idle.getAndSet(i, null);
            if (scratch != null) {
                return scratch;
            }
        }
        return maker.get();
    }

    private void give(S scratch) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.getPlain(i) == null && idle.compareAndSet(i, null, scratch)) {
                return;
            }
        }
    }
}

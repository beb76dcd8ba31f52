package dev.kith.lucene;

import dev.kith.BuildContext;
import dev.kith.FlatSpec;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.Progress;

/**
 * What a {@link KithVectorsFormat} writes. Reading does not depend on it.
 *
 * @param spec the text of an {@link IndexSpec}, such as {@code hnsw?m=16}: what a segment's index is. Its metric, if any, is
 *     ignored: the field's similarity says it. The family must be {@linkplain IndexFamily#reproducible reproducible}, which
 *     {@code auto} is not: vectors are refused otherwise
 * @param flatBelow a segment with fewer vectors of the field carries an exact index instead
 * @param buildThreads how many threads build one index. Lucene merges several segments at once already
 * @param heapBytes an image of at most that many bytes is read into heap memory when its segment is opened, a larger one is
 *     mapped, if the directory can; 0 maps all. Heap images search faster, and are checked when they are opened
 */
public record FormatOptions(String spec, int flatBelow, int buildThreads, long heapBytes) {
    private static final FormatOptions DEFAULTS = new FormatOptions("hnsw", 4096, 1, 0);

    /** @throws IllegalArgumentException if the spec is empty, or a number below 0, or threads below 1 */
    public FormatOptions {
        if (spec.isEmpty()) {
            throw new IllegalArgumentException("the spec is empty");
        }
        if (flatBelow < 0) {
            throw new IllegalArgumentException("flatBelow must not be negative: " + flatBelow);
        }
        if (buildThreads < 1) {
            throw new IllegalArgumentException("buildThreads must be positive: " + buildThreads);
        }
        if (heapBytes < 0) {
            throw new IllegalArgumentException("heapBytes must not be negative: " + heapBytes);
        }
    }

    /** HNSW with its default options, exact below 4096 vectors, built by one thread, mapped. */
    public static FormatOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with another kind of index. */
    public FormatOptions withSpec(IndexSpec spec) {
        return withSpec(spec.text());
    }

    /** The same options with another kind of index, as text; it is read when a segment is written. */
    public FormatOptions withSpec(String spec) {
        return new FormatOptions(spec, flatBelow, buildThreads, heapBytes);
    }

    /** The same options with another number of vectors from which the spec applies; 0 for always. */
    public FormatOptions withFlatBelow(int flatBelow) {
        return new FormatOptions(spec, flatBelow, buildThreads, heapBytes);
    }

    /** The same options with another number of threads. */
    public FormatOptions withBuildThreads(int buildThreads) {
        return new FormatOptions(spec, flatBelow, buildThreads, heapBytes);
    }

    /** The same options with another size up to which images live in the heap; {@link Long#MAX_VALUE} for all. */
    public FormatOptions withHeapBytes(long heapBytes) {
        return new FormatOptions(spec, flatBelow, buildThreads, heapBytes);
    }

    /** The spec of an index of that many rows. */
    IndexSpec spec(Metric metric, int rows) {
        if (rows < flatBelow) {
            return new FlatSpec(metric);
        }
        return family().spec(metric, IndexSpec.parse(spec).options());
    }

    /** @throws IllegalArgumentException if the spec is none, or its family not present or not reproducible */
    IndexFamily family() {
        IndexFamily family = IndexFamily.named(IndexSpec.parse(spec).family());
        if (!family.reproducible()) {
            throw new IllegalArgumentException("an index of spec " + spec
                    + " is another each time, which segments must not be: build one outside of Lucene"
                    + " and take its spec");
        }
        return family;
    }

    BuildContext context(Progress progress) {
        return new BuildContext(buildThreads, progress);
    }
}

package dev.kith;

import dev.kith.spi.Float32;
import dev.kith.spi.IndexImage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * A kind of index, and the one extension point for kinds: found by {@link ServiceLoader} on the class path and on the
 * module path. Stateless and safe for any number of threads.
 */
public interface IndexFamily {
    /** The name in specs and on command lines, lower case: {@code hnsw}. */
    String name();

    /** The family's tag in files: four ASCII characters. */
    String tag();

    /** The greatest dimension of rows that the family takes. */
    default int maxDimension() {
        return Float32.MAX_DIMENSION;
    }

    /**
     * Whether what is built depends on rows and spec alone. Not so in a family that measures time to choose, whose images may
     * even be of another family; it is of no use where many indexes must be alike.
     */
    default boolean reproducible() {
        return true;
    }

    /**
     * A spec from options in text form; options left out have defaults.
     *
     * @throws IllegalArgumentException if an option is unknown or out of range
     */
    IndexSpec spec(Metric metric, Map<String, String> options);

    /**
     * Builds the image of an index.
     *
     * @param rows the rows; row numbers of the index are theirs. None is allowed
     * @param spec a spec of this family
     * @return an image in memory; its bytes depend on rows and spec alone, not on the number of threads, if the family is
     *     {@link #reproducible}
     * @throws IllegalArgumentException if the spec is of another family, or a row cannot be compared under the metric
     * @throws InterruptedException if the calling thread is interrupted
     */
    IndexImage build(Vectors rows, IndexSpec spec, BuildContext context)
            throws InterruptedException;

    /**
     * The index in an image of this family, or in one that it built, which the index owns from then on.
     *
     * @throws CorruptFileException if the image's small parts contradict each other
     */
    VectorIndex open(IndexImage image) throws IOException;

    /**
     * Builds the image of the rows of several indexes, for merging segments. Families that can reuse the work in the
     * sources override it.
     *
     * @param rows the rows of the merged index
     * @param sources the indexes that rows came from, in any order; may be empty
     */
    default IndexImage merge(
            Vectors rows, List<VectorIndex> sources, IndexSpec spec, BuildContext context)
            throws InterruptedException {
        return build(rows, spec, context);
    }

    /** The families that are present. */
    static List<IndexFamily> all() {
        List<IndexFamily> families = new ArrayList<>();
        ServiceLoader.load(IndexFamily.class, IndexFamily.class.getClassLoader())
                .forEach(families::add);
        return families;
    }

    /**
     * The family of that name.
     *
     * @throws IllegalArgumentException if it is not present
     */
    static IndexFamily named(String name) {
        return all().stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no index family \"" + name
                        + "\", present are: "
                        + all().stream().map(IndexFamily::name).collect(Collectors.joining(", "))));
    }

    /**
     * The family with that tag.
     *
     * @param file the file that carries the tag, for the message
     * @throws CorruptFileException if it is not present
     */
    static IndexFamily tagged(String tag, String file) throws CorruptFileException {
        for (IndexFamily family : all()) {
            if (family.tag().equals(tag)) {
                return family;
            }
        }
        throw new CorruptFileException(
                file,
                8,
                "the tag of an index family that is present: "
                        + all().stream().map(IndexFamily::tag).collect(Collectors.joining(", ")),
                tag);
    }
}

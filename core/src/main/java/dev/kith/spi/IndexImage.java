package dev.kith.spi;

import dev.kith.CorruptFileException;
import dev.kith.FormatTooNewException;
import dev.kith.FormatTooOldException;
import dev.kith.Metric;
import dev.kith.Residency;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The image of an index: a few text parameters and sections of fixed-width records, made in memory by a family's build or
 * read from a file. The layout of the file is {@link ImageFormat}'s.
 *
 * <p>Safe for any number of threads. It owns what it was opened from: closing releases the mapping, after which mapped
 * records throw {@link IllegalStateException}.
 */
public final class IndexImage implements AutoCloseable {
    private final String name;
    private final String family;
    private final int version;
    private final Map<String, String> parameters;
    private final Residency residency;
    private final NavigableMap<Integer, Records> made;
    private final @Nullable Stored stored;

    /** What an image that was read knows of its file. */
    private record Stored(
            ByteSource source,
            ImageFormat.Layout layout,
            @Nullable MemorySegment segment) {}

    private IndexImage(
            String name,
            ImageFormat.Header header,
            Residency residency,
            NavigableMap<Integer, Records> made,
            @Nullable Stored stored) {
        this.name = name;
        this.family = header.family();
        this.version = header.version();
        this.parameters = header.parameters();
        this.residency = residency;
        this.made = made;
        this.stored = stored;
    }

    /**
     * Starts an image in memory.
     *
     * @param family the family's tag, four ASCII characters
     * @param version the family's format version that is written
     * @param parameters short text, keys and values without line breaks; the order is kept
     */
    public static Builder builder(String family, int version, Map<String, String> parameters) {
        return new Builder(
                new ImageFormat.Header(family, version, version, new LinkedHashMap<>(parameters)));
    }

    /** Collects the sections of an image in memory. */
    public static final class Builder {
        private final ImageFormat.Header header;
        private final NavigableMap<Integer, Records> sections = new TreeMap<>();

        private Builder(ImageFormat.Header header) {
            this.header = header;
        }

        /** Adds a section; ids are the family's own and sections are stored in their order. */
        public Builder section(int id, HeapRecords records) {
            if (sections.put(id, records) != null) {
                throw new IllegalArgumentException("section " + id + " is there already");
            }
            return this;
        }

        /**
         * The image, which owns the records from now on.
         *
         * @throws IllegalArgumentException if there are more than 1024 sections or 1 MiB of parameters
         */
        public IndexImage build() {
            ImageFormat.requireReadable(header, sections.size());
            return new IndexImage("image in memory", header, Residency.HEAP, sections, null);
        }
    }

    /**
     * Opens the image in a file.
     *
     * @throws CorruptFileException if it is foreign, truncated or damaged; {@link Residency#HEAP} checks every byte
     */
    public static IndexImage open(Path file, Residency residency) throws IOException {
        return open(FileSource.open(file), residency);
    }

    /** Opens the image in a source, which it then owns; a source that cannot be mapped is read into the heap. */
    public static IndexImage open(ByteSource source, Residency residency) throws IOException {
        try {
            ImageFormat.Layout layout = ImageFormat.read(source);
            MemorySegment segment = residency == Residency.MAPPED ? source.segment() : null;
            if (segment == null) {
                ImageFormat.verifyBody(source, layout);
            }
            return new IndexImage(
                    source.name(),
                    layout.header(),
                    segment == null ? Residency.HEAP : Residency.MAPPED,
                    new TreeMap<>(),
                    new Stored(source, layout, segment));
        } catch (Throwable e) {
            source.close();
            throw e;
        }
    }

    /**
     * Reads a whole file and checks every checksum.
     *
     * @return the sections that were checked
     * @throws CorruptFileException naming the first thing that is wrong
     */
    public static List<Section> verify(Path file) throws IOException {
        try (ByteSource source = FileSource.open(file)) {
            return verify(source);
        }
    }

    /** Reads a whole source, which stays open, and checks every checksum. */
    public static List<Section> verify(ByteSource source) throws IOException {
        ImageFormat.Layout layout = ImageFormat.read(source);
        ImageFormat.verifyBody(source, layout);
        return layout.sections();
    }

    /** A name for messages: the file's, if there is one. */
    public String name() {
        return name;
    }

    /** The family's tag. */
    public String family() {
        return family;
    }

    /** The family's format version. */
    public int version() {
        return version;
    }

    /**
     * Refuses an image that the family cannot read.
     *
     * @param oldest the oldest version that the family reads
     * @param newest the newest version that the family reads
     * @throws FormatTooNewException if the image asks for a newer reader
     * @throws FormatTooOldException if the image is older than the oldest
     */
    public void requireVersion(int oldest, int newest)
            throws FormatTooNewException, FormatTooOldException {
        int needed = stored == null ? version : stored.layout().header().oldestReader();
        if (needed > newest) {
            throw new FormatTooNewException(name, needed, newest);
        }
        if (version < oldest) {
            throw new FormatTooOldException(name, version, oldest);
        }
    }

    /** The parameters, in the order in which they were written. Unmodifiable. */
    public Map<String, String> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * A parameter that must be there.
     *
     * @throws CorruptFileException if it is not
     */
    public String parameter(String key) throws CorruptFileException {
        String value = parameters.get(key);
        if (value == null) {
            throw new CorruptFileException(
                    name, ImageFormat.HEADER_BYTES, "parameter " + key, parameters.toString());
        }
        return value;
    }

    /**
     * A whole number among the parameters.
     *
     * @throws CorruptFileException if it is missing, not a number or out of range
     */
    public int intParameter(String key, int min, int max) throws CorruptFileException {
        String text = parameter(key);
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, with the range that was expected.
        }
        throw new CorruptFileException(
                name,
                ImageFormat.HEADER_BYTES,
                "parameter " + key + " in [" + min + ", " + max + "]",
                text);
    }

    /**
     * The metric among the parameters, in lower case.
     *
     * @throws CorruptFileException if it is missing or unknown
     */
    public Metric metricParameter(String key) throws CorruptFileException {
        String text = parameter(key);
        for (Metric metric : Metric.values()) {
            if (metric.name().toLowerCase(Locale.ROOT).equals(text)) {
                return metric;
            }
        }
        throw new CorruptFileException(
                name, ImageFormat.HEADER_BYTES, "a metric as parameter " + key, text);
    }

    /** Where the records live. */
    public Residency residency() {
        return residency;
    }

    /** Whether a section is there. */
    public boolean has(int id) {
        return stored == null ? made.containsKey(id) : stored.layout().find(id) != null;
    }

    /**
     * The records of a section, where the image lives.
     *
     * @param count how many there must be
     * @throws CorruptFileException if the section is missing, has another length, or its checksum (in the heap) differs
     */
    public Records records(int id, int stride, int count) throws IOException {
        return residency == Residency.HEAP
                ? heapRecords(id, stride, count)
                : mapped(id, stride, count);
    }

    /** The records of a section in heap memory with the checksum checked, wherever the image lives: for small parts. */
    public HeapRecords heapRecords(int id, int stride, int count) throws IOException {
        if (stored == null) {
            if (made.get(id) instanceof HeapRecords records
                    && records.stride() == stride
                    && records.count() == count) {
                return records;
            }
            throw new CorruptFileException(
                    name,
                    0,
                    "section " + id + " of " + count + " records of " + stride + " bytes",
                    describe(id));
        }
        Section section = require(stored, id, stride, count);
        HeapRecords records = HeapRecords.allocate(count, stride);
        records.readFrom(stored.source(), section.offset());
        Checksum sum = new Checksum();
        records.writeTo(sum);
        ImageFormat.check(name, section.offset(), "section " + id, section.checksum(), sum.value());
        return records;
    }

    private Records mapped(int id, int stride, int count) throws CorruptFileException {
        Stored file = Objects.requireNonNull(stored);
        Section section = require(file, id, stride, count);
        MemorySegment all = Objects.requireNonNull(file.segment());
        return new MappedRecords(all.asSlice(section.offset(), section.length()), count, stride);
    }

    private Section require(Stored file, int id, int stride, int count)
            throws CorruptFileException {
        Section section = file.layout().find(id);
        if (section == null || section.length() != (long) stride * count) {
            throw new CorruptFileException(
                    name,
                    section == null ? ImageFormat.HEADER_BYTES : section.offset(),
                    "section " + id + " of " + count + " records of " + stride + " bytes",
                    section == null ? "none" : section.length() + " bytes");
        }
        return section;
    }

    private String describe(int id) {
        Records records = made.get(id);
        return records == null
                ? "none"
                : records.count() + " records of " + records.stride() + " bytes";
    }

    /** The sections as the file's table lists them; none for an image that was made in memory. */
    public List<Section> sections() {
        return stored == null ? List.of() : stored.layout().sections();
    }

    /** The number of bytes of all sections, without header, padding and footer. */
    public long bytes() {
        return stored == null
                ? made.values().stream().mapToLong(Records::bytes).sum()
                : stored.layout().sections().stream().mapToLong(Section::length).sum();
    }

    /** Writes the whole image. */
    public void writeTo(ByteSink sink) throws IOException {
        if (stored == null) {
            ImageFormat.write(
                    new ImageFormat.Header(family, version, version, parameters), made, sink);
        } else {
            ImageFormat.copy(stored.source(), sink);
        }
    }

    /**
     * Writes the image to a file, all or nothing: beside the target, forced to the disk, then renamed.
     *
     * <p>Do not interrupt the thread while it saves an image that was opened from a file: as the JDK's channels do, the
     * open file is then closed. Searches go on, but the image cannot be saved any more.
     *
     * @throws IOException if it cannot be written; an old file is then unharmed and nothing else is left
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, this::writeTo);
    }

    @Override
    public void close() {
        if (stored != null) {
            stored.source().close();
        }
    }
}

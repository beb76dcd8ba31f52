package dev.kith.spi;

import dev.kith.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The layout of an image's bytes. Little-endian; written once, never changed.
 *
 * <pre>
 *  header, 64 bytes
 *     0  magic 89 'K' 'T' 'H' 0D 0A 1A 0A
 *     8  family, 4 ASCII bytes
 *    12  u16 version, u16 oldest reader that can read it
 *    16  u32 parameters' length, u32 parameters' CRC-32C
 *    24  u32 number of sections, u32 section table's CRC-32C
 *    32  u64 length of the whole image
 *    40  zero
 *    60  u32 CRC-32C of bytes 0 to 59
 *  section table, 24 bytes a section:  u32 id | u32 CRC-32C | u64 offset | u64 length
 *  parameters, UTF-8 lines  key=value
 *  sections, each at a multiple of 64, zeros between
 *  footer, 32 bytes
 *     0  u64 body length: all between header and footer
 *     8  u32 CRC-32C of the body
 *    12  family
 *    16  zero
 *    20  u32 CRC-32C of the footer's other bytes (0 to 19, then 24 to 31)
 *    24  magic, each bit inverted
 * </pre>
 */
final class ImageFormat {
    static final int HEADER_BYTES = 64;
    static final int FOOTER_BYTES = 32;
    static final int ALIGNMENT = 64;
    private static final int TABLE_ENTRY = 24;
    /** More than any family needs: bounds what a damaged count can make a reader allocate. */
    private static final int MAX_SECTIONS = 1024;

    private static final int MAX_PARAMETERS = 1 << 20;
    private static final long MAGIC = 0x0A1A0A0D48544B89L;
    private static final int CHUNK = 1 << 18;

    private ImageFormat() {}

    /** The header's own fields and the parameters. */
    record Header(String family, int version, int oldestReader, Map<String, String> parameters) {
        Header {
            if (!family.matches("[ -~]{4}")) {
                throw new IllegalArgumentException(
                        "a family's tag is four ASCII characters: " + family);
            }
            if (version < 0 || version > 0xFFFF || oldestReader < 0 || oldestReader > version) {
                throw new IllegalArgumentException("versions must be in [0, 65535] and ascend: "
                        + oldestReader
                        + ", "
                        + version);
            }
            parameters.forEach((key, value) -> {
                if (key.isEmpty() || (key + value).matches("(?s).*[\r\n].*") || key.contains("=")) {
                    throw new IllegalArgumentException("not a parameter: " + key + "=" + value);
                }
            });
        }
    }

    /** What the small parts of an image say about it. */
    record Layout(Header header, List<Section> sections, long length, int bodyChecksum) {
        @Nullable
        Section find(int id) {
            for (Section section : sections) {
                if (section.id() == id) {
                    return section;
                }
            }
            return null;
        }
    }

    /** Refuses what {@link #read} would. */
    static void requireReadable(Header header, int sections) {
        int parameters = text(header.parameters()).getBytes(StandardCharsets.UTF_8).length;
        if (sections > MAX_SECTIONS || parameters > MAX_PARAMETERS) {
            throw new IllegalArgumentException("an image holds up to " + MAX_SECTIONS
                    + " sections and " + MAX_PARAMETERS + " bytes of parameters: " + sections + ", "
                    + parameters);
        }
    }

    static void write(Header header, NavigableMap<Integer, Records> content, ByteSink sink)
            throws IOException {
        byte[] parameters = text(header.parameters()).getBytes(StandardCharsets.UTF_8);
        long at = HEADER_BYTES + (long) TABLE_ENTRY * content.size() + parameters.length;
        ByteBuffer table = little(TABLE_ENTRY * content.size());
        List<Section> sections = new ArrayList<>();
        for (Map.Entry<Integer, Records> entry : content.entrySet()) {
            Checksum sum = new Checksum();
            entry.getValue().writeTo(sum);
            at = align(at);
            Section section =
                    new Section(entry.getKey(), at, entry.getValue().bytes(), sum.value());
            sections.add(section);
            table.putInt(section.id())
                    .putInt(section.checksum())
                    .putLong(section.offset())
                    .putLong(section.length());
            at += section.length();
        }
        long end = align(at);
        sink.write(header(header, parameters, table.array(), end + FOOTER_BYTES), 0, HEADER_BYTES);

        Checksum body = new Checksum();
        ByteSink both = (bytes, offset, length) -> {
            body.write(bytes, offset, length);
            sink.write(bytes, offset, length);
        };
        both.write(table.array(), 0, table.capacity());
        both.write(parameters, 0, parameters.length);
        long written = (long) HEADER_BYTES + table.capacity() + parameters.length;
        for (Section section : sections) {
            pad(both, section.offset() - written);
            Objects.requireNonNull(content.get(section.id())).writeTo(both);
            written = section.offset() + section.length();
        }
        pad(both, end - written);
        sink.write(footer(header, end - HEADER_BYTES, body.value()), 0, FOOTER_BYTES);
    }

    private static byte[] header(Header header, byte[] parameters, byte[] table, long length) {
        ByteBuffer out = little(HEADER_BYTES);
        out.putLong(MAGIC).put(header.family().getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) header.version()).putShort((short) header.oldestReader());
        out.putInt(parameters.length).putInt(Checksum.of(parameters, 0, parameters.length));
        out.putInt(table.length / TABLE_ENTRY).putInt(Checksum.of(table, 0, table.length));
        out.putLong(length);
        out.putInt(60, Checksum.of(out.array(), 0, 60));
        return out.array();
    }

    private static byte[] footer(Header header, long bodyLength, int bodyChecksum) {
        ByteBuffer out = little(FOOTER_BYTES);
        out.putLong(bodyLength)
                .putInt(bodyChecksum)
                .put(header.family().getBytes(StandardCharsets.US_ASCII));
        out.putLong(24, ~MAGIC);
        out.putInt(20, footerChecksum(out.array()));
        return out.array();
    }

    private static int footerChecksum(byte[] footer) {
        Checksum sum = new Checksum();
        sum.write(footer, 0, 20);
        sum.write(footer, 24, 8);
        return sum.value();
    }

    /** Reads and checks header, section table, parameters and footer, and that all of them fit the length. */
    static Layout read(ByteSource source) throws IOException {
        String name = source.name();
        if (source.length() < HEADER_BYTES + FOOTER_BYTES) {
            throw new CorruptFileException(
                    name,
                    0,
                    "an index file of at least " + (HEADER_BYTES + FOOTER_BYTES) + " bytes",
                    source.length() + " bytes");
        }
        ByteBuffer head = read(source, 0, HEADER_BYTES);
        if (head.getLong(0) != MAGIC) {
            throw new CorruptFileException(
                    name, 0, "the magic of a Kith index file", hex(head.getLong(0)));
        }
        check(name, 60, "header", head.getInt(60), Checksum.of(head.array(), 0, 60));
        if (head.getLong(32) != source.length()) {
            throw new CorruptFileException(
                    name, 32, head.getLong(32) + " bytes", source.length() + " bytes");
        }
        int sections = bounded(name, 24, head.getInt(24), MAX_SECTIONS, "number of sections");
        int parameters = bounded(name, 16, head.getInt(16), MAX_PARAMETERS, "length of parameters");
        long small = HEADER_BYTES + (long) TABLE_ENTRY * sections + parameters;
        if (small > source.length() - FOOTER_BYTES) {
            throw new CorruptFileException(
                    name,
                    24,
                    sections + " sections and " + parameters + " bytes of parameters",
                    "a shorter file");
        }
        ByteBuffer table = read(source, HEADER_BYTES, TABLE_ENTRY * sections);
        check(
                name,
                HEADER_BYTES,
                "section table",
                head.getInt(28),
                Checksum.of(table.array(), 0, table.capacity()));
        int textAt = HEADER_BYTES + table.capacity();
        byte[] text = read(source, textAt, parameters).array();
        check(name, textAt, "parameters", head.getInt(20), Checksum.of(text, 0, text.length));
        int version = head.getShort(12) & 0xFFFF;
        int oldestReader = head.getShort(14) & 0xFFFF;
        if (oldestReader > version) {
            throw new CorruptFileException(
                    name, 14, "an oldest reader up to version " + version, "" + oldestReader);
        }
        Header header = new Header(
                ascii(head, 8, name),
                version,
                oldestReader,
                parse(name, textAt, new String(text, StandardCharsets.UTF_8)));
        int bodyChecksum = readFooter(source, header);
        return new Layout(
                header,
                sections(name, table, small, source.length()),
                source.length(),
                bodyChecksum);
    }

    private static int readFooter(ByteSource source, Header header) throws IOException {
        long at = source.length() - FOOTER_BYTES;
        ByteBuffer foot = read(source, at, FOOTER_BYTES);
        if (foot.getLong(24) != ~MAGIC) {
            throw new CorruptFileException(
                    source.name(), at + 24, "the end of a Kith index file", hex(foot.getLong(24)));
        }
        check(source.name(), at + 20, "footer", foot.getInt(20), footerChecksum(foot.array()));
        if (foot.getLong(0) != at - HEADER_BYTES) {
            throw new CorruptFileException(
                    source.name(),
                    at,
                    (at - HEADER_BYTES) + " bytes of body",
                    foot.getLong(0) + " bytes");
        }
        String family = ascii(foot, 12, source.name());
        if (!family.equals(header.family())) {
            throw new CorruptFileException(
                    source.name(), at + 12, "family " + header.family(), family);
        }
        return foot.getInt(8);
    }

    private static List<Section> sections(String name, ByteBuffer table, long small, long length)
            throws CorruptFileException {
        List<Section> sections = new ArrayList<>();
        long end = small;
        for (int at = 0; at < table.capacity(); at += TABLE_ENTRY) {
            Section section = new Section(
                    table.getInt(at),
                    table.getLong(at + 8),
                    table.getLong(at + 16),
                    table.getInt(at + 4));
            long room = length - FOOTER_BYTES - section.offset();
            boolean ascending =
                    sections.isEmpty() || section.id() > sections.getLast().id();
            if (!ascending
                    || section.offset() < end
                    || section.offset() % ALIGNMENT != 0
                    || section.length() < 0
                    || section.length() > room) {
                throw new CorruptFileException(
                        name,
                        HEADER_BYTES + at,
                        "a section of a greater id between " + end + " and the footer",
                        section.toString());
            }
            end = section.offset() + section.length();
            sections.add(section);
        }
        return List.copyOf(sections);
    }

    /** Reads everything between header and footer once, and checks its checksum and each section's. */
    static void verifyBody(ByteSource source, Layout layout) throws IOException {
        Checksum body = new Checksum();
        long at = HEADER_BYTES;
        for (Section section : layout.sections()) {
            stream(source, at, section.offset() - at, body);
            Checksum sum = new Checksum();
            stream(source, section.offset(), section.length(), (bytes, offset, length) -> {
                sum.write(bytes, offset, length);
                body.write(bytes, offset, length);
            });
            check(
                    source.name(),
                    section.offset(),
                    "section " + section.id(),
                    section.checksum(),
                    sum.value());
            at = section.offset() + section.length();
        }
        stream(source, at, layout.length() - FOOTER_BYTES - at, body);
        check(source.name(), HEADER_BYTES, "body", layout.bodyChecksum(), body.value());
    }

    static void copy(ByteSource source, ByteSink sink) throws IOException {
        stream(source, 0, source.length(), sink);
    }

    private static void stream(ByteSource source, long at, long length, ByteSink sink)
            throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
        for (long end = at + length; at < end; at += chunk.length) {
            int part = (int) Math.min(chunk.length, end - at);
            source.read(at, chunk, 0, part);
            sink.write(chunk, 0, part);
        }
    }

    static void check(String name, long offset, String what, int expected, int found)
            throws CorruptFileException {
        if (expected != found) {
            throw new CorruptFileException(
                    name,
                    offset,
                    what + " with CRC-32C " + hex(expected & 0xFFFFFFFFL),
                    hex(found & 0xFFFFFFFFL));
        }
    }

    private static int bounded(String name, long offset, int value, int max, String what)
            throws CorruptFileException {
        if (value < 0 || value > max) {
            throw new CorruptFileException(
                    name, offset, what + " up to " + max, Integer.toUnsignedString(value));
        }
        return value;
    }

    private static String ascii(ByteBuffer from, int at, String name) throws CorruptFileException {
        String text = new String(from.array(), at, 4, StandardCharsets.US_ASCII);
        if (!text.matches("[ -~]{4}")) {
            throw new CorruptFileException(
                    name, at, "a family's tag of four ASCII characters", hex(from.getInt(at)));
        }
        return text;
    }

    private static String text(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static Map<String, String> parse(String name, long offset, String text)
            throws CorruptFileException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new CorruptFileException(name, offset, "parameters, key=value", line);
            }
            String key = line.substring(0, equals);
            if (parameters.put(key, line.substring(equals + 1)) != null) {
                throw new CorruptFileException(name, offset, "each parameter once", key);
            }
        }
        return parameters;
    }

    private static void pad(ByteSink sink, long bytes) throws IOException {
        sink.write(new byte[(int) bytes], 0, (int) bytes);
    }

    private static long align(long at) {
        return (at + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static ByteBuffer read(ByteSource source, long at, int length) throws IOException {
        ByteBuffer bytes = little(length);
        source.read(at, bytes.array(), 0, length);
        return bytes;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}

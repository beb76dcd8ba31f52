package dev.kith.retrieval.store;

import dev.kith.text.Chunk;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a chunk beside its vector and its postings. The document's text is stored once, with the document: the
 * content is stored only where it is not simply the span's text.
 *
 * @param content null if it is the text of the span
 */
public record StoredChunk(
        Span span,
        @Nullable Span parent,
        @Nullable String content,
        List<String> headings,
        String context,
        Metadata metadata) {
    static StoredChunk of(Chunk chunk, String text) {
        boolean verbatim = chunk.content().equals(chunk.span().of(text));
        return new StoredChunk(
                chunk.span(),
                chunk.parent(),
                verbatim ? null : chunk.content(),
                chunk.headings(),
                chunk.context(),
                chunk.metadata());
    }

    /** The chunk again. */
    public Chunk chunk(String text) {
        return new Chunk(
                span,
                content == null ? span.of(text) : content,
                headings,
                context,
                parent,
                metadata);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, span);
            out.writeBoolean(parent != null);
            if (parent != null) {
                write(out, parent);
            }
            out.writeBoolean(content != null);
            if (content != null) {
                Wire.write(out, content);
            }
            Wire.write(out, headings);
            Wire.write(out, context);
            Wire.write(out, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    static StoredChunk of(byte[] bytes, int offset, int length) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, offset, length));
        return new StoredChunk(
                span(in),
                in.readBoolean() ? span(in) : null,
                in.readBoolean() ? Wire.text(in) : null,
                Wire.texts(in),
                Wire.text(in),
                Wire.metadata(in));
    }

    private static void write(DataOutputStream out, Span span) throws IOException {
        out.writeInt(span.start());
        out.writeInt(span.end());
    }

    private static Span span(DataInputStream in) throws IOException {
        return new Span(in.readInt(), in.readInt());
    }
}

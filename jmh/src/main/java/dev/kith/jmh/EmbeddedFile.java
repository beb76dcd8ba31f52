package dev.kith.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * An {@code .fvecs} file of the vectors of some texts, made in as many runs as it takes: rows are written as they come, and
 * a run goes on where the last one stopped. A {@code .source} file beside it names model and texts; when it says otherwise,
 * the rows are made anew.
 */
final class EmbeddedFile {
    private static final int BATCH = 1024;

    private final Path file;
    private final List<String> texts;
    private final Embedder embedder;
    private final Embedder.Role role;

    EmbeddedFile(Path file, List<String> texts, Embedder embedder, Embedder.Role role) {
        this.file = file;
        this.texts = texts;
        this.embedder = embedder;
        this.role = role;
    }

    /** Embeds those texts whose rows are not there yet; tells of its progress. */
    void complete() throws IOException, InterruptedException {
        long stride = Integer.BYTES + (long) Float.BYTES * embedder.dimension();
        int kept = (int) (keptBytes() / stride);
        long begin = System.nanoTime();
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // A run that was killed may have left a part of a row.
            out.truncate(kept * stride).position(kept * stride);
            for (int from = kept; from < texts.size(); from += BATCH) {
                int to = Math.min(from + BATCH, texts.size());
                append(out, embedder.embed(texts.subList(from, to), role));
                double seconds = (System.nanoTime() - begin) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%s: %,d of %,d rows, %.0f a second%n",
                        file.getFileName(),
                        to,
                        texts.size(),
                        (to - kept) / seconds);
            }
        }
    }

    /** How many bytes of the file are of these texts and this model; the source is noted if there were none. */
    private long keptBytes() throws IOException {
        Path source = Path.of(file + ".source");
        String wanted = String.join("\n", embedder.identity(), role.name(), digest(), "");
        if (Files.exists(source) && Files.readString(source).equals(wanted)) {
            return Files.exists(file) ? Files.size(file) : 0;
        }
        Files.deleteIfExists(file);
        Files.writeString(source, wanted);
        return 0;
    }

    private String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                sha.update((text + "\n").getBytes(UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void append(FileChannel out, List<Embedding> rows) throws IOException {
        int dimension = embedder.dimension();
        ByteBuffer bytes = ByteBuffer.allocate(
                        rows.size() * (Integer.BYTES + Float.BYTES * dimension))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Embedding row : rows) {
            bytes.putInt(dimension);
            for (float component : row.vector()) {
                bytes.putFloat(component);
            }
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}

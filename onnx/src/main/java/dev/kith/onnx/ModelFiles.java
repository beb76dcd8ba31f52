package dev.kith.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.kith.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model and its tokenizer, as files or as resources of the class path. */
public final class ModelFiles {
    private final String name;
    private final @Nullable Path file;
    private final byte[] bytes;
    private final HuggingFaceTokenizer tokenizer;
    private final String identity;

    private ModelFiles(
            String name,
            @Nullable Path file,
            byte[] bytes,
            HuggingFaceTokenizer tokenizer,
            String identity) {
        this.name = name;
        this.file = file;
        this.bytes = bytes;
        this.tokenizer = tokenizer;
        this.identity = identity;
    }

    /** @throws IOException if a file is missing or damaged; the message names it */
    static ModelFiles of(Path model, Path tokenizer) throws IOException {
        return new ModelFiles(
                model.toString(),
                model,
                new byte[0],
                HuggingFaceTokenizer.load(tokenizer),
                hash(model));
    }

    /**
     * Finds two resources, seen from the thread's context class loader or from Kith's.
     *
     * @throws IOException if one is missing or damaged; the message names it
     */
    public static ModelFiles fromClassPath(String model, String tokenizer) throws IOException {
        byte[] bytes = resource(model);
        var in = new ByteArrayInputStream(resource(tokenizer));
        MessageDigest digest = sha256();
        digest.update(bytes);
        return new ModelFiles(model, null, bytes, HuggingFaceTokenizer.read(in), hex(digest));
    }

    private static byte[] resource(String name) throws IOException {
        ClassLoader own = ModelFiles.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        for (ClassLoader loader : new ClassLoader[] {context, own}) {
            try (InputStream in = loader == null ? null : loader.getResourceAsStream(name)) {
                if (in != null) {
                    return in.readAllBytes();
                }
            }
        }
        throw new NoSuchFileException(name, null, "expected on the class path");
    }

    /** The hash of a model's file and of the file that holds the weights of a large one. */
    private static String hash(Path model) throws IOException {
        MessageDigest digest = sha256();
        String name = String.valueOf(model.getFileName());
        for (String part : List.of(name, name + "_data", name + ".data")) {
            Path path = model.resolveSibling(part);
            if (!Files.exists(path)) {
                continue;
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
        }
        return hex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    OrtSession session(OrtEnvironment environment, OrtSession.SessionOptions options)
            throws OrtException {
        return file == null
                ? environment.createSession(bytes, options)
                : environment.createSession(file.toString(), options);
    }

    /** The model's file or resource. */
    public String name() {
        return name;
    }

    /** The hash of the model's bytes. */
    public String identity() {
        return identity;
    }

    /**
     * How many tokens the model has positions for, {@link Integer#MAX_VALUE} if its file does not say.
     *
     * @throws IOException if the file cannot be read
     */
    public int positions() throws IOException {
        PositionTable table = file == null ? PositionTable.of(bytes) : PositionTable.of(file);
        // Two: RoBERTa and its kin leave out a padding token of id 1 and all before it.
        return table == null ? Integer.MAX_VALUE : table.rows() - table.unused(name, 1);
    }

    /** The tokenizer of the model. */
    public HuggingFaceTokenizer tokenizer() {
        return tokenizer;
    }
}

package dev.kith.text;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Remembers embeddings, so that a text is embedded once by a model and never again. It may forget any of them at any time:
 * it holds what can be computed again. Safe for any number of threads. {@link CachedEmbedder} asks it before a model.
 */
public interface EmbeddingCache {
    /**
     * What an embedding is remembered by. The text is not kept, only its hash.
     *
     * @param embedder the {@linkplain Embedder#identity() identity} of the embedder
     * @param role what the text was embedded as
     * @param textHash the SHA-256 of the text's UTF-16 units, in 64 lower-case hexadecimal digits
     */
    record Key(String embedder, Embedder.Role role, String textHash) {
        private static final int HASH_DIGITS = 64;

        /**
         * Checks the hash.
         *
         * @throws IllegalArgumentException if it has not 64 digits
         */
        public Key {
            if (textHash.length() != HASH_DIGITS) {
                throw new IllegalArgumentException(
                        "textHash must be 64 hexadecimal digits: '" + textHash + "'");
            }
        }

        /** The key of a text. */
        public static Key of(String embedder, Embedder.Role role, String text) {
            // Not UTF-8: it would write every lone surrogate as the same question mark.
            ByteBuffer units = ByteBuffer.allocate(Character.BYTES * text.length());
            units.asCharBuffer().put(text);
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(units.array());
                return new Key(embedder, role, HexFormat.of().formatHex(hash));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /**
     * What was put under a key, or null if nothing was or it is forgotten. The caller may change the vector: it is a copy.
     *
     * @throws IllegalArgumentException if the cache is for another embedder than the key's
     * @throws IllegalStateException if the cache is closed
     */
    @Nullable
    Embedding get(Key key);

    /**
     * Remembers an embedding, as a copy, in place of what was under its key.
     *
     * @throws IllegalArgumentException if the cache is for another embedder than the key's, or for another dimension
     * @throws IllegalStateException if the cache is closed
     */
    void put(Key key, Embedding embedding);
}

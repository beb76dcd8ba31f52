package dev.kith.text;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Turns texts into vectors. Safe for any number of threads; how many work at once is the embedder's business. A text's
 * vector does not depend on what else is embedded in the same call.
 */
public interface Embedder extends AutoCloseable {
    /** What a text is: some models embed questions and passages differently. */
    enum Role {
        /** A question. */
        QUERY,
        /** A passage that may answer one. */
        DOCUMENT
    }

    /**
     * Embeds texts.
     *
     * @return one embedding per text, in order
     * @throws InterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if the embedder is closed
     */
    List<Embedding> embed(List<String> texts, Role role) throws InterruptedException;

    /**
     * Embeds texts and tells of its progress.
     *
     * @param done hears how many more texts are embedded, from any thread but never from two at once; what it throws ends
     *     the call
     * @return one embedding per text, in order
     * @throws InterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if the embedder is closed
     */
    default List<Embedding> embed(List<String> texts, Role role, IntConsumer done)
            throws InterruptedException {
        List<Embedding> embeddings = embed(texts, role);
        if (!texts.isEmpty()) {
            done.accept(texts.size());
        }
        return embeddings;
    }

    /** The number of components of every vector. */
    int dimension();

    /** The largest number of the text's tokens that fit into the model at once. */
    int maxTokens();

    /** The tokenizer whose tokens the model reads. */
    Tokenizer tokenizer();

    /** Names the model and all that changes its vectors; vectors of two embedders with equal identities may be mixed. */
    String identity();

    @Override
    void close();
}

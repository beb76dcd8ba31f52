package dev.kith.embedding;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Models whose settings are known here, so that nobody has to look them up: each is a family that was trained alike. Their
 * exports often lack a part of it; the instruction before BGE's questions is in none of its files.
 */
public enum KnownModel {
    /** all-MiniLM-L6-v2. */
    ALL_MINILM_L6("all-minilm-l6", Pooling.MEAN, "", "", 256),
    /** all-MiniLM-L12-v2. */
    ALL_MINILM_L12("all-minilm-l12", Pooling.MEAN, "", "", 128),
    /** bge-small-en, bge-base-en and bge-large-en, also v1.5. */
    BGE_EN("bge-(small|base|large)-en", Pooling.CLS, Prefixes.SENTENCE, "", 512),
    /** e5-small, e5-base and e5-large, also v2 and multilingual; not those that take instructions. */
    E5("e5-(small|base|large)(?!.*instruct)", Pooling.MEAN, "query: ", "passage: ", 512),
    /** gte-small, gte-base and gte-large; not those of v1.5. */
    GTE("gte-(small|base|large)(?!-(en|zh))", Pooling.MEAN, "", "", 512),
    /** snowflake-arctic-embed-xs, -s, -m and -l, also m-v1.5; not long or v2.0. */
    ARCTIC("arctic-embed-(xs|s|m|l)(?!-(long|v2))", Pooling.CLS, Prefixes.SENTENCE, "", 512),
    /** mxbai-embed-large-v1. */
    MXBAI_LARGE("mxbai-embed-large", Pooling.CLS, Prefixes.SENTENCE, "", 512);

    private static final class Prefixes {
        private static final String SENTENCE =
                "Represent this sentence for searching relevant passages: ";
    }

    private final Pattern name;
    private final Pooling pooling;
    private final String queryPrefix;
    private final String documentPrefix;
    private final int maxTokens;

    KnownModel(
            String name,
            Pooling pooling,
            String queryPrefix,
            String documentPrefix,
            int maxTokens) {
        this.name = Pattern.compile(name);
        this.pooling = pooling;
        this.queryPrefix = queryPrefix;
        this.documentPrefix = documentPrefix;
        this.maxTokens = maxTokens;
    }

    /** Its settings; all that is no part of a model is as in {@link EmbedderOptions#defaults()}. */
    public EmbedderOptions options() {
        return EmbedderOptions.defaults()
                .withPooling(pooling)
                .withPrefixes(queryPrefix, documentPrefix)
                .withMaxTokens(maxTokens);
    }

    /**
     * The model that a name speaks of, if one is known.
     *
     * @param text a name as models, their folders and files have it: {@code BAAI/bge-small-en-v1.5}, {@code
     *     bge_small_en_v1.5_q.onnx}
     */
    public static Optional<KnownModel> named(String text) {
        String name = text.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values())
                .filter(model -> model.name.matcher(name).find())
                .findFirst();
    }
}

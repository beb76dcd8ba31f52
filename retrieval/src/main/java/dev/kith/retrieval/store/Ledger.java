package dev.kith.retrieval.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.text.Document;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the writer has done since the last commit, over what the commit holds. Guarded by the writer's lock. */
public final class Ledger {
    /**
     * What is known of a document without reading it.
     *
     * @param hash of its content and of all that decides what becomes of it
     * @param scope of the ingest that brought it
     */
    public record Entry(String hash, String scope) {
        private static final int HASH_LENGTH = 32;

        String text() {
            return hash + scope;
        }

        static Entry of(String text) {
            return new Entry(text.substring(0, HASH_LENGTH), text.substring(HASH_LENGTH));
        }

        /** The entry of a document that is cut and embedded in some way. */
        public static Entry of(Document document, String scope, List<String> means) {
            String all = String.join("\n", means);
            return new Entry(
                    StoredDocument.hash(StoredDocument.bytes(document), all.getBytes(UTF_8)),
                    scope);
        }
    }

    private final Map<String, @Nullable Entry> pending = new HashMap<>();

    /** The documents changed since the last commit; null for a deleted one. */
    public Map<String, @Nullable Entry> pending() {
        return pending;
    }

    /** The entry of a document, or null if there is no such document. */
    public @Nullable Entry get(String id, Snapshot committed) throws IOException {
        return pending.containsKey(id) ? pending.get(id) : committed.entry(id);
    }
}

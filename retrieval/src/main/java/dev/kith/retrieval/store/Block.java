package dev.kith.retrieval.store;

import dev.kith.retrieval.passages.Siblings;
import dev.kith.text.Chunk;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;

/** The chunks of one document in a snapshot: Lucene keeps them together and in order. Each is read once. */
final class Block implements Siblings {
    private final Snapshot snapshot;
    private final LeafReader leaf;
    private final String id;
    private final int first;
    private final int size;
    private final Map<Integer, Chunk> chunks = new HashMap<>();

    /** @param first Lucene's number of the first chunk in the leaf */
    Block(Snapshot snapshot, LeafReader leaf, String id, int first, int size) {
        this.snapshot = snapshot;
        this.leaf = leaf;
        this.id = id;
        this.first = first;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Chunk chunk(int ordinal) throws IOException {
        Chunk known = chunks.get(ordinal);
        if (known != null) {
            return known;
        }
        BytesRef data = Snapshot.data(leaf, first + ordinal);
        Chunk chunk = StoredChunk.of(data.bytes, data.offset, data.length).chunk(text());
        chunks.put(ordinal, chunk);
        return chunk;
    }

    @Override
    public String text() throws IOException {
        return snapshot.existing(id).text();
    }
}

package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Embedder;
import dev.kith.text.Embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Cuts text where its subject changes: between two sentences whose surroundings are further apart, by the cosine distance of
 * their embeddings, than those of most neighbours in the document. What lies between two such breaks is one chunk if it
 * fits, else as many whole sentences to a chunk as fit; the maximum holds whatever the embeddings say. Reads any document as
 * plain text.
 *
 * <p>Each sentence is embedded with its neighbours, so a document costs as many embeddings as it has sentences, of
 * {@code 2 * window + 1} times their length, before a single chunk is embedded: several times what embedding its chunks
 * costs. What does not fit into the maximum beside a sentence is left out of its surroundings, so that a size in the
 * embedder's own tokens within its reach never truncates.
 *
 * <p>Deterministic as far as the embedder is. An interrupt ends the work with a {@link CancellationException}, the thread's
 * interrupt status set.
 *
 * @param embedder used as {@link Embedder.Role#DOCUMENT}; the caller closes it
 * @param size the maximum, and the overlap where what lies between two breaks has to be cut
 * @param percentile how many of a hundred distances must be smaller than one that is a break; above 0, below 100
 * @param window how many sentences on each side are embedded with one; at least 0
 */
public record SemanticChunker(Embedder embedder, ChunkSize size, double percentile, int window)
        implements Chunker {
    private static final int BATCH = 128;

    /** @throws IllegalArgumentException if percentile or window is out of range */
    public SemanticChunker {
        if (!(percentile > 0 && percentile < 100)) {
            throw new IllegalArgumentException(
                    "percentile must be above 0 and below 100: " + percentile);
        }
        if (window < 0) {
            throw new IllegalArgumentException("window must not be negative: " + window);
        }
    }

    /** Breaks at one distance in ten, each sentence embedded with the ones before and after it. */
    public static SemanticChunker of(Embedder embedder, ChunkSize size) {
        return new SemanticChunker(embedder, size, 90, 1);
    }

    @Override
    public List<Chunk> chunk(Document document) {
        Source source = Source.plain(document);
        String text = source.text();
        Ruler ruler = Ruler.of(size, text);
        int[] starts = sentences(text);
        float[] distances = distances(text, ruler, starts);
        double threshold = threshold(distances);
        List<Piece> pieces = new ArrayList<>();
        Joiner joiner = new Joiner(text, size, ruler, Seams.SENTENCES);
        int from = 0;
        for (int i = 1; i <= starts.length; i++) {
            boolean ends = i == starts.length || distances[i - 1] > threshold;
            if (ends) {
                int to = i == starts.length ? text.length() : starts[i];
                joiner.join(
                        from,
                        to,
                        new Sentences(text, to),
                        (start, end) -> pieces.add(Piece.of(start, end)));
                from = to;
            }
        }
        return source.chunks(pieces);
    }

    private static int[] sentences(String text) {
        Sentences sentences = new Sentences(text, text.length());
        int[] starts = new int[64];
        int size = 0;
        int at = Breaks.skip(text, 0, text.length());
        while (at < text.length()) {
            starts = size == starts.length ? Arrays.copyOf(starts, 2 * size) : starts;
            starts[size++] = at;
            at = Breaks.skip(text, sentences.end(at), text.length());
        }
        return Arrays.copyOf(starts, size);
    }

    /** Of each sentence but the last, how far the next one's surroundings are from its own. */
    private float[] distances(String text, Ruler ruler, int[] starts) {
        float[] distances = new float[Math.max(0, starts.length - 1)];
        float[] before = new float[0];
        for (int first = 0; first < starts.length && starts.length > 1; first += BATCH) {
            int last = Math.min(starts.length, first + BATCH);
            List<String> windows = new ArrayList<>();
            for (int i = first; i < last; i++) {
                windows.add(window(text, ruler, starts, i));
            }
            List<Embedding> embeddings = embed(windows);
            for (int i = first; i < last; i++) {
                float[] vector = embeddings.get(i - first).vector();
                if (i > 0) {
                    distances[i - 1] = distance(before, vector);
                }
                before = vector;
            }
        }
        return distances;
    }

    /** A sentence with as many of its neighbours as the window and the maximum allow. */
    private String window(String text, Ruler ruler, int[] starts, int sentence) {
        int start = starts[sentence];
        int end = end(text, starts, sentence);
        if (ruler.count(start, end) > size.max()) {
            end = Math.max(start + 1, Graphemes.last(text, start, ruler.reach(start, size.max())));
            return text.substring(start, end);
        }
        for (int i = 1; i <= window; i++) {
            int before = starts[Math.max(0, sentence - i)];
            if (ruler.count(before, end) <= size.max()) {
                start = before;
            }
            int behind = end(text, starts, Math.min(starts.length - 1, sentence + i));
            if (ruler.count(start, behind) <= size.max()) {
                end = behind;
            }
        }
        return text.substring(start, end);
    }

    private static int end(String text, int[] starts, int sentence) {
        int next = sentence + 1 < starts.length ? starts[sentence + 1] : text.length();
        return Breaks.trim(text, starts[sentence], next);
    }

    private List<Embedding> embed(List<String> windows) {
        try {
            return embedder.embed(windows, Embedder.Role.DOCUMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException("interrupted while sentences were embedded");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private static float distance(float[] a, float[] b) {
        double dot = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        double norms = Math.sqrt(squaresOfA * squaresOfB);
        return norms == 0 ? 0 : (float) (1 - dot / norms);
    }

    /** What the given percentage of the distances does not exceed. */
    private double threshold(float[] distances) {
        if (distances.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        float[] sorted = distances.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percentile / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    @Override
    public String identity() {
        return "semantic 1, " + embedder.identity() + ", percentile " + percentile + ", window "
                + window + ", " + size.identity();
    }
}

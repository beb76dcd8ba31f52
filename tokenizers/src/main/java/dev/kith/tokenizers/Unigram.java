package dev.kith.tokenizers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The unigram language model of SentencePiece: of all ways to cut a word into tokens the one with the largest sum of scores,
 * found by Viterbi's algorithm over a tree of the vocabulary. What no token covers is unknown, at a score ten below the
 * least; neighbouring unknown characters are one token. [Kudo, "Subword Regularization", arXiv:1804.10959.]
 */
final class Unigram implements Model {
    private static final double UNKNOWN_PENALTY = 10;

    /** A token and its score, the logarithm of its probability. */
    record Scored(String token, double score) {}

    private final Trie ids;
    private final double[] scores;
    private final double unknownScore;
    private final int unknown;
    private final @Nullable ByteTokens bytes;

    /**
     * @param vocabulary the tokens by id
     * @param unknown the id of the unknown token
     * @param byteFallback whether unknown text becomes tokens of its bytes where the vocabulary has all of them
     */
    Unigram(List<Scored> vocabulary, int unknown, boolean byteFallback) {
        Map<String, Integer> idOf = HashMap.newHashMap(vocabulary.size());
        scores = new double[vocabulary.size()];
        double least = Double.POSITIVE_INFINITY;
        for (int id = 0; id < scores.length; id++) {
            idOf.put(vocabulary.get(id).token(), id);
            scores[id] = vocabulary.get(id).score();
            least = Math.min(least, scores[id]);
        }
        this.ids = new Trie(idOf);
        this.unknownScore = least - UNKNOWN_PENALTY;
        this.unknown = unknown;
        this.bytes = byteFallback ? new ByteTokens(idOf) : null;
    }

    @Override
    public void tokenize(NormalizedText text, int from, int to, Scratch scratch) {
        UnigramPath path = scratch.path;
        search(text, from, to, path);
        int size = to - from;
        int end;
        for (int start = 0; start < size; start = end) {
            end = path.end(start);
            int id = path.id(end);
            if (id == unknown) {
                while (end < size && path.id(path.end(end)) == unknown) {
                    end = path.end(end);
                }
                addUnknown(text, from + start, from + end, scratch.tokens);
            } else {
                scratch.tokens.add(id, text.start(from + start), text.end(from + end - 1));
            }
        }
    }

    private void search(NormalizedText text, int from, int to, UnigramPath path) {
        char[] chars = text.chars();
        path.reset(to - from);
        int width;
        for (int start = from; start < to; start += width) {
            width = Character.charCount(text.codePointAt(start));
            double score = path.score(start - from);
            boolean covered = false;
            int node = Trie.ROOT;
            for (int i = start; i < to; i++) {
                node = ids.next(node, chars[i]);
                if (node == Trie.NONE) {
                    break;
                }
                int id = ids.value(node);
                if (id != Trie.NONE) {
                    path.offer(start - from, i + 1 - from, id, score + scores[id]);
                    covered |= i + 1 - start == width;
                }
            }
            if (!covered) {
                path.offer(start - from, start + width - from, unknown, score + unknownScore);
            }
        }
        path.trace(to - from);
    }

    /** Unknown characters may spell a token together, though by no good way. */
    private void addUnknown(NormalizedText text, int from, int to, TokenList out) {
        int start = text.start(from);
        int end = text.end(to - 1);
        int id = ids.get(text.chars(), from, to);
        if (id != Trie.NONE) {
            out.add(id, start, end);
        } else if (bytes == null || !bytes.add(text, from, to, out)) {
            out.add(unknown, start, end);
        }
    }

    @Override
    public int id(String token) {
        return ids.get(token.toCharArray(), 0, token.length());
    }
}

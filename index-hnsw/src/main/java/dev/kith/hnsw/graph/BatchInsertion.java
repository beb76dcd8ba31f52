package dev.kith.hnsw.graph;

import dev.kith.spi.Scorer;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Inserts rows into the graph batch by batch, so that the result does not depend on the number of threads: each step
 * reads what the step before has finished, and writes nothing that another task of the same step reads.
 *
 * <ol>
 *   <li>Each member of the batch searches the graph as it was before the batch: its candidates.
 *   <li>Each member adds those other members that found the same nearest candidates as it did (they cannot have found
 *       each other), and chooses its neighbours among all.
 *   <li>The links back are grouped by their target; a target whose list would overflow chooses again.
 * </ol>
 *
 * <p>After Manohar et al., "ParlayANN: scalable and deterministic parallel graph-based approximate nearest neighbor search
 * algorithms", PPoPP 2024; the second step is ours.
 */
public final class BatchInsertion {
    /** How many of a member's nearest candidates lead it to other members. */
    private static final int MEETING_POINTS = 8;

    private static final int MAX_COMPANIONS = 64;

    private final OpenLayer[] open;
    private final Layer[] layers;
    private final int[] order;
    private final int m;
    private final int ef;
    private final Crew<Scratch> crew;
    private final long[][] keys;
    private final int[] counts;
    private long[] meetings = new long[64];
    private int meetingCount;
    private long[] proposals = new long[64];
    private int[] groups = new int[64];

    /** What a thread keeps from task to task. */
    private static final class Scratch {
        final Beam beam;
        final Selection selection;
        final VisitedSet met;
        final int[] rows = new int[MAX_COMPANIONS];
        final int[] nodes = new int[MAX_COMPANIONS];
        final float[] distances = new float[MAX_COMPANIONS];
        long[] merged;

        Scratch(Scorer scorer, int size, int m, int fill) {
            beam = new Beam(scorer, size, 2 * m);
            selection = new Selection(1, fill);
            met = new VisitedSet(size);
            merged = new long[4 * m];
        }
    }

    /**
     * @param order the rows in the order of insertion; those of the upper layers come first
     * @param maxBatch how many rows a batch has at most
     */
    public BatchInsertion(
            OpenLayer[] open,
            int[] order,
            int m,
            int ef,
            int fill,
            int maxBatch,
            int threads,
            int size,
            Supplier<Scorer> scorers) {
        this.open = open;
        this.layers = Arrays.stream(open).map(OpenLayer::layer).toArray(Layer[]::new);
        this.order = order;
        this.m = m;
        this.ef = ef;
        this.crew = new Crew<>(threads, () -> new Scratch(scorers.get(), size, m, fill));
        this.keys = new long[maxBatch][];
        this.counts = new int[maxBatch];
    }

    /** Inserts the rows at places {@code from} to {@code to - 1} of the order; all before them are in the graph. */
    public void insert(int from, int to) throws InterruptedException {
        for (int level = 0; level < layers.length; level++) {
            int members = Math.min(to, level == 0 ? to : layers[level].size()) - from;
            if (members <= 0) {
                return;
            }
            insert(level, from, members);
        }
    }

    private void insert(int level, int from, int members) throws InterruptedException {
        crew.run(members, (scratch, i) -> search(scratch, level, from + i, i));
        meet(members);
        crew.run(members, (scratch, i) -> choose(scratch, level, from, i));
        int targets = group(members);
        crew.run(targets, (scratch, i) -> linkBack(scratch, level, from, i));
    }

    private int node(int level, int place) {
        return level == 0 ? order[place] : place;
    }

    private void search(Scratch scratch, int level, int place, int member) {
        if (keys[member] == null) {
            keys[member] = new long[ef + MAX_COMPANIONS];
        }
        Beam beam = scratch.beam;
        beam.scorer().query(order[place]);
        if (level == 0) {
            beam.search(layers, ef);
        } else {
            int entry = beam.descend(layers, level, 1);
            beam.search(layers[level], entry, ef);
        }
        counts[member] = beam.pool().copy(keys[member], ef);
    }

    /** Notes at which candidates members meet: pairs of a candidate and a member, sorted. */
    private void meet(int members) {
        meetings = reserve(meetings, members * MEETING_POINTS);
        meetingCount = 0;
        for (int i = 0; i < members; i++) {
            for (int j = 0; j < Math.min(counts[i], MEETING_POINTS); j++) {
                meetings[meetingCount++] = ((long) Keys.node(keys[i][j]) << 32) | i;
            }
        }
        Arrays.sort(meetings, 0, meetingCount);
    }

    private void choose(Scratch scratch, int level, int from, int member) {
        int companions = companions(scratch, level, from, member);
        Scorer scorer = scratch.beam.scorer();
        long[] candidates = keys[member];
        int count = counts[member];
        if (companions > 0) {
            scorer.query(order[from + member]);
            scorer.distances(scratch.rows, companions, scratch.distances);
            for (int i = 0; i < companions; i++) {
                candidates[count++] = Keys.of(scratch.distances[i], scratch.nodes[i]);
            }
            Arrays.sort(candidates, 0, count);
        }
        count = scratch.selection.choose(layers[level], scorer, candidates, count, m);
        counts[member] = count;
        open[level].write(node(level, from + member), candidates, count);
    }

    /** Collects the members that this one meets at its nearest candidates, nearest meeting points first. */
    private int companions(Scratch scratch, int level, int from, int member) {
        int count = 0;
        scratch.met.clear();
        scratch.met.add(order[from + member]);
        for (int i = 0; i < Math.min(counts[member], MEETING_POINTS); i++) {
            long at = (long) Keys.node(keys[member][i]) << 32;
            int next = Arrays.binarySearch(meetings, 0, meetingCount, at);
            for (int j = next < 0 ? -next - 1 : next; j < meetingCount; j++) {
                if (meetings[j] >>> 32 != at >>> 32 || count == MAX_COMPANIONS) {
                    break;
                }
                int place = from + (int) meetings[j];
                if (scratch.met.add(order[place])) {
                    scratch.nodes[count] = node(level, place);
                    scratch.rows[count++] = order[place];
                }
            }
        }
        return count;
    }

    /** Sorts the links back by target; {@code groups[i]} is where the i-th target's begin. */
    private int group(int members) {
        int total = 0;
        for (int i = 0; i < members; i++) {
            total += counts[i];
        }
        proposals = reserve(proposals, total);
        int at = 0;
        for (int i = 0; i < members; i++) {
            for (int j = 0; j < counts[i]; j++) {
                proposals[at++] = ((long) Keys.node(keys[i][j]) << 32) | ((long) i << 9) | j;
            }
        }
        Arrays.sort(proposals, 0, total);
        if (groups.length <= total) {
            groups = new int[2 * total + 1];
        }
        int targets = 0;
        for (int i = 0; i < total; i++) {
            if (i == 0 || proposals[i] >>> 32 != proposals[i - 1] >>> 32) {
                groups[targets++] = i;
            }
        }
        groups[targets] = total;
        return targets;
    }

    private void linkBack(Scratch scratch, int level, int from, int group) {
        OpenLayer layer = open[level];
        int begin = groups[group];
        int end = groups[group + 1];
        int target = (int) (proposals[begin] >>> 32);
        scratch.merged = reserve(scratch.merged, layer.degree() + end - begin);
        long[] merged = scratch.merged;
        int old = layer.read(target, merged);
        int count = old;
        for (int i = begin; i < end; i++) {
            int member = (int) proposals[i] >>> 9;
            int source = node(level, from + member);
            if (!layer.links(target, source)) {
                float distance = Keys.distance(keys[member][(int) proposals[i] & 511]);
                merged[count++] = Keys.of(distance, source);
            }
        }
        if (count <= layer.degree()) {
            for (int i = old; i < count; i++) {
                layer.append(target, merged[i]);
            }
            return;
        }
        Arrays.sort(merged, 0, count);
        Scorer scorer = scratch.beam.scorer();
        count = scratch.selection.choose(layers[level], scorer, merged, count, layer.degree());
        layer.write(target, merged, count);
    }

    private static long[] reserve(long[] array, int length) {
        return array.length < length ? new long[2 * length] : array;
    }
}

package dev.kith.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Candidates by document: documents ranked as their first candidates stand, or by the sum of how much their best few beat the
 * worst of all, ties by id. Without that floor a sum of dense scores, which are all far from 0, would count chunks rather
 * than weigh them.
 */
final class DocumentScores {
    private record Group(String id, double score, List<Candidate> candidates) {}

    private final List<Group> groups = new ArrayList<>();

    /**
     * Groups candidates.
     *
     * @param candidates best first
     * @param top how many of a document's candidates count
     */
    DocumentScores(List<Candidate> candidates, int top) {
        double least =
                top == 1 || candidates.isEmpty() ? 0 : candidates.getLast().score();
        Map<String, List<Candidate>> byId = new LinkedHashMap<>();
        candidates.forEach(candidate -> byId.computeIfAbsent(
                        candidate.place().documentId(), id -> new ArrayList<>())
                .add(candidate));
        byId.forEach((id, all) -> groups.add(new Group(
                id,
                all.stream()
                        .limit(top)
                        .mapToDouble(candidate -> candidate.score() - least)
                        .sum(),
                all)));
        if (top > 1) {
            groups.sort(
                    Comparator.comparingDouble(Group::score).reversed().thenComparing(Group::id));
        }
    }

    /** The signal of each of the best documents, best first. */
    Map<String, Signals.Signal> best(int documents) {
        Map<String, Signals.Signal> best = new LinkedHashMap<>();
        for (Group group : groups.subList(0, Math.min(documents, groups.size()))) {
            best.put(group.id, new Signals.Signal(group.score, best.size() + 1));
        }
        return best;
    }

    /** The best candidates of each of the best documents, one document's after another's. */
    List<Candidate> grouped(int documents, int each) {
        Map<String, Signals.Signal> signals = best(documents);
        List<Candidate> grouped = new ArrayList<>();
        for (Group group : groups.subList(0, signals.size())) {
            Signals.Signal signal = signals.get(group.id);
            for (Candidate candidate :
                    group.candidates.subList(0, Math.min(each, group.candidates.size()))) {
                Signals before = candidate.signals();
                grouped.add(
                        before.document() != null || signal == null
                                ? candidate
                                : candidate.with(candidate.score(), before.withDocument(signal)));
            }
        }
        return grouped;
    }
}

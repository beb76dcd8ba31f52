package dev.kith.retrieval.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a context orders its passages. */
public enum Order {
    /** As the hits stand. */
    BEST_FIRST,
    /** Documents in order of their best hit, and the passages of a document as they stand in it. */
    BY_DOCUMENT,
    /**
     * The best first, the second best last, and so on towards the middle: models overlook most what stands in the middle of a
     * long context (Liu et al., "Lost in the Middle", arXiv:2307.03172).
     */
    BEST_AT_ENDS;

    /** Drafts, given best first, in this order. */
    List<Draft> sorted(List<Draft> drafts) {
        return switch (this) {
            case BEST_FIRST -> drafts;
            case BY_DOCUMENT -> byDocument(drafts);
            case BEST_AT_ENDS -> bestAtEnds(drafts);
        };
    }

    private static List<Draft> byDocument(List<Draft> drafts) {
        Map<String, List<Draft>> documents = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            documents
                    .computeIfAbsent(draft.documentId(), id -> new ArrayList<>())
                    .add(draft);
        }
        documents.values().forEach(list -> list.sort(Comparator.comparingInt(Draft::start)));
        return documents.values().stream().flatMap(Collection::stream).toList();
    }

    private static List<Draft> bestAtEnds(List<Draft> drafts) {
        List<Draft> front = new ArrayList<>();
        List<Draft> back = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            (i % 2 == 0 ? front : back).add(drafts.get(i));
        }
        front.addAll(back.reversed());
        return front;
    }
}

package dev.kith.retrieval;

import java.io.IOException;
import java.util.List;

/** A stage of a search: finds candidates, or makes better ones of another stage's. Made for one search. */
interface Retriever {
    /** At most {@code depth} candidates, {@link Candidate#BEST_FIRST}; a fusion may give the union of more. */
    List<Candidate> retrieve(int depth) throws IOException, InterruptedException;
}

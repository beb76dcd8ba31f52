package dev.kith.retrieval.context;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One context in the making. */
final class Assembly {
    private static final String BETWEEN = "\n\n";

    /**
     * What is shown once an excerpt has been taken.
     *
     * @param excerpt the number of the excerpt
     * @param drafts all that is shown, best first
     */
    private record State(int excerpt, List<Draft> drafts) {}

    private final ContextAssembler rules;
    private final List<Excerpt> excerpts;
    private final List<State> states = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private final Map<Integer, Dropped> dropped = new TreeMap<>();

    Assembly(ContextAssembler rules, List<Excerpt> excerpts) {
        this.rules = rules;
        this.excerpts = excerpts;
    }

    Context run() {
        for (int i = 0; i < excerpts.size(); i++) {
            take(i);
        }
        while (true) {
            List<Passage> passages = passages();
            String text =
                    passages.stream().map(Passage::block).collect(Collectors.joining(BETWEEN));
            int tokens = count(text);
            if (tokens <= rules.budget() || states.isEmpty()) {
                return new Context(text, tokens, passages, List.copyOf(dropped.values()));
            }
            // The tokens of the blocks need not add up to those of the text, which alone decides.
            drop(states.removeLast().excerpt(), Dropped.Reason.BUDGET, tooMany(tokens));
        }
    }

    private void take(int i) {
        Excerpt excerpt = excerpts.get(i);
        String says = folded(excerpt);
        if (says.isEmpty()) {
            drop(i, Dropped.Reason.EMPTY, "nothing of it is left to show");
            return;
        }
        Draft draft = Draft.of(excerpt, this::count);
        boolean meets = drafts().stream().anyMatch(draft::meets);
        if (!meets && said.contains(says)) {
            drop(i, Dropped.Reason.DUPLICATE, "another passage says the same");
            return;
        }
        List<Draft> next = meets ? merged(draft) : added(draft);
        long tokens = (next.size() - 1L) * count(BETWEEN)
                + next.stream().mapToLong(Draft::tokens).sum();
        if (tokens > rules.budget()) {
            drop(i, Dropped.Reason.BUDGET, tooMany(tokens));
            return;
        }
        states.add(new State(i, next));
        said.add(says);
    }

    private List<Draft> drafts() {
        return states.isEmpty() ? List.of() : states.getLast().drafts();
    }

    private List<Draft> added(Draft draft) {
        List<Draft> next = new ArrayList<>(drafts());
        next.add(draft);
        return next;
    }

    /** Those that meet the draft become one with it, where the best of them stood. */
    private List<Draft> merged(Draft draft) {
        List<Draft> meeting = drafts().stream().filter(draft::meets).toList();
        List<Draft> next = new ArrayList<>(drafts());
        int at = next.indexOf(meeting.getFirst());
        next.removeAll(meeting);
        next.add(at, draft.unitedWith(meeting, this::count));
        return next;
    }

    private List<Passage> passages() {
        List<Passage> passages = new ArrayList<>();
        for (Draft draft : rules.order().sorted(drafts())) {
            passages.add(new Passage(passages.size() + 1, draft.hits(), draft.quotes()));
        }
        return passages;
    }

    private int count(String text) {
        return rules.tokenizer().count(text);
    }

    private void drop(int excerpt, Dropped.Reason reason, String why) {
        dropped.put(excerpt, new Dropped(excerpts.get(excerpt).hit(), reason, why));
    }

    private String tooMany(long tokens) {
        return "with it there would be " + tokens + " tokens, and the budget is " + rules.budget();
    }

    /** What it says, whatever its white space. */
    private static String folded(Excerpt excerpt) {
        return excerpt.quotes().stream()
                .map(quote -> quote.content().replaceAll("(?U)\\s+", " ").strip())
                .collect(Collectors.joining(" "))
                .strip();
    }
}

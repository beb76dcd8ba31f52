package dev.kith.retrieval.evaluation.answers;

import dev.kith.retrieval.model.AnswerParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scores answers and passages by asking a language model, which the caller brings as a function from prompt to reply. After
 * RAGAS (Es et al., EACL 2024): texts are taken apart into claims and each claim gets a verdict. A reply that cannot be read
 * is asked for again, and then leaves the judgement without a score. Immutable; as safe for several threads as the function.
 *
 * @param model from prompt to reply; what it throws comes through
 * @param prompts what it is asked
 * @param attempts how often it is asked before its reply counts as unreadable, at least 1
 */
public record Judge(Function<String, String> model, JudgePrompts prompts, int attempts) {
    private static final int ATTEMPTS = 2;
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern CLAIM = Pattern.compile("(?:[0-9]+\\s*[.):]|[-*\u2022])\\s*(.+)");
    private static final Pattern NONE = Pattern.compile("(?i)\\W*none\\W*");
    private static final Pattern VERDICT = Pattern.compile(
            "\\W*(?:(?:statement|passage|claim)\\s+)?([0-9]{1,6})\\W+(yes|no)\\b.*",
            Pattern.CASE_INSENSITIVE);

    /** @throws IllegalArgumentException if attempts is below 1 */
    public Judge {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be positive: " + attempts);
        }
    }

    /** English prompts, asked twice at most. */
    public static Judge of(Function<String, String> model) {
        return new Judge(model, JudgePrompts.english(), ATTEMPTS);
    }

    /** The same with other prompts. */
    public Judge withPrompts(JudgePrompts prompts) {
        return new Judge(model, prompts, attempts);
    }

    /** The same with another number of attempts. */
    public Judge withAttempts(int attempts) {
        return new Judge(model, prompts, attempts);
    }

    /** Faithfulness: the share of the answer's claims that follow from the passages. */
    public Judgement faithfulness(String answer, List<String> passages) {
        return ofClaims(answer, prompts.supported(), Map.of("context", numbered(passages)));
    }

    /** Answer relevance: the share of the answer's claims that help to answer the question. */
    public Judgement answerRelevance(String question, String answer) {
        return ofClaims(answer, prompts.relevant(), Map.of("question", question));
    }

    /** Context recall: the share of the reference answer's claims that follow from the passages. */
    public Judgement contextRecall(String reference, List<String> passages) {
        return ofClaims(reference, prompts.supported(), Map.of("context", numbered(passages)));
    }

    /**
     * Context precision: the precision at each rank that has a useful passage, averaged over these ranks; 0 if no passage is
     * useful. The earlier useful passages stand, the higher it is.
     *
     * @param passages as they were found, best first
     */
    public Judgement contextPrecision(String question, String reference, List<String> passages) {
        return judged(
                passages,
                prompts.useful(),
                Map.of("question", question, "reference", reference),
                Judge::averagePrecision);
    }

    private Judgement ofClaims(String text, String prompt, Map<String, String> places) {
        List<String> claims = null;
        for (int i = 0; i < attempts && claims == null; i++) {
            claims = claims(reply(filled(prompts.claims(), Map.of("text", text))));
        }
        return claims == null
                ? new Judgement(Judgement.Outcome.UNPARSABLE, 0, List.of())
                : judged(claims, prompt, places, Judge::share);
    }

    private Judgement judged(
            List<String> items,
            String prompt,
            Map<String, String> places,
            ToDoubleFunction<List<Boolean>> score) {
        if (items.isEmpty()) {
            return new Judgement(Judgement.Outcome.NOTHING_TO_JUDGE, 0, List.of());
        }
        Map<String, String> all = new HashMap<>(places);
        all.put("items", numbered(items));
        Map<Integer, Boolean> read = Map.of();
        for (int i = 0; i < attempts && read.size() < items.size(); i++) {
            read = verdicts(reply(filled(prompt, all)), items.size());
        }
        List<Judgement.Verdict> verdicts = new ArrayList<>();
        for (String item : items) {
            verdicts.add(new Judgement.Verdict(item, read.get(verdicts.size())));
        }
        return read.size() < items.size()
                ? new Judgement(Judgement.Outcome.UNPARSABLE, 0, verdicts)
                : new Judgement(
                        Judgement.Outcome.SCORED,
                        score.applyAsDouble(new ArrayList<>(read.values())),
                        verdicts);
    }

    /** A model that is not written under null checks may return none. */
    private String reply(String prompt) {
        return AnswerParser.clean(model.apply(prompt));
    }

    private static @Nullable List<String> claims(String reply) {
        if (NONE.matcher(reply).matches()) {
            return List.of();
        }
        List<String> claims = reply.lines()
                .map(line -> CLAIM.matcher(line.strip()))
                .filter(Matcher::matches)
                .map(claim -> claim.group(1).strip())
                .toList();
        return claims.isEmpty() ? null : claims;
    }

    /** By index, in order; without those that have no verdict, or two that differ. */
    private static SortedMap<Integer, Boolean> verdicts(String reply, int size) {
        SortedMap<Integer, Boolean> verdicts = new TreeMap<>();
        Set<Integer> contradicted = new HashSet<>();
        for (String line : reply.lines().toList()) {
            Matcher verdict = VERDICT.matcher(line);
            if (!verdict.matches()) {
                continue;
            }
            int item = Integer.parseInt(verdict.group(1)) - 1;
            if (item >= 0 && item < size) {
                Boolean yes = verdict.group(2).equalsIgnoreCase("yes");
                Boolean before = verdicts.putIfAbsent(item, yes);
                if (before != null && !before.equals(yes)) {
                    contradicted.add(item);
                }
            }
        }
        verdicts.keySet().removeAll(contradicted);
        return verdicts;
    }

    private static double share(List<Boolean> verdicts) {
        return (double) verdicts.stream().filter(yes -> yes).count() / verdicts.size();
    }

    private static double averagePrecision(List<Boolean> verdicts) {
        int useful = 0;
        double sum = 0;
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i)) {
                useful++;
                sum += (double) useful / (i + 1);
            }
        }
        return useful == 0 ? 0 : sum / useful;
    }

    private static String numbered(List<String> items) {
        List<String> lines = new ArrayList<>();
        for (String item : items) {
            lines.add(lines.size() + 1 + ". " + item.strip());
        }
        return String.join("\n", lines);
    }

    /** Fills places in one pass, so that braces in what is filled in stay as they are. */
    private static String filled(String prompt, Map<String, String> places) {
        return PLACE.matcher(prompt)
                .replaceAll(place -> Matcher.quoteReplacement(
                        places.getOrDefault(place.group(1), place.group())));
    }
}

package dev.kith.retrieval.evaluation.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.retrieval.Citation;
import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CitationAccuracyTest {
    private static Citation citation(String document, int start, int end) {
        return new Citation("[1]", document, null, start, end, "x".repeat(end - start));
    }

    private static CitationAccuracy.Evidence evidence(String document, int start, int end) {
        return new CitationAccuracy.Evidence(document, new Span(start, end));
    }

    @Test
    void charactersAreCountedOnceAndByDocument() {
        CitationAccuracy accuracy = CitationAccuracy.ofCharacters(
                List.of(citation("a", 0, 10), citation("a", 5, 20), citation("b", 0, 20)),
                List.of(evidence("a", 10, 30), evidence("c", 0, 20)));
        // 40 are cited, 40 are marked, 10 are both.
        assertThat(accuracy.precision()).isEqualTo(10.0 / 40, within(1e-12));
        assertThat(accuracy.recall()).isEqualTo(10.0 / 40, within(1e-12));
        assertThat(accuracy.f1()).isEqualTo(0.25, within(1e-12));
    }

    @Test
    void documentsAreCountedOnce() {
        CitationAccuracy accuracy = CitationAccuracy.ofDocuments(
                List.of(citation("a", 0, 1), citation("a", 5, 6), citation("b", 0, 1)),
                List.of("a", "c", "d", "c"));
        assertThat(accuracy.precision()).isEqualTo(1.0 / 2);
        assertThat(accuracy.recall()).isEqualTo(1.0 / 3, within(1e-12));
    }

    @Test
    void nothingCitedIsRightOnlyWhereNothingIsMarked() {
        assertThat(CitationAccuracy.ofCharacters(List.of(), List.of()))
                .isEqualTo(new CitationAccuracy(1, 1));
        assertThat(CitationAccuracy.ofCharacters(List.of(), List.of(evidence("a", 0, 1))))
                .isEqualTo(new CitationAccuracy(0, 0));
        assertThat(CitationAccuracy.ofCharacters(List.of(citation("a", 0, 1)), List.of()))
                .isEqualTo(new CitationAccuracy(0, 0));
        assertThat(CitationAccuracy.ofDocuments(List.of(), List.of()))
                .isEqualTo(new CitationAccuracy(1, 1));
        assertThat(new CitationAccuracy(0, 0).f1()).isZero();
    }

    /** Against a model that marks every character. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void charactersAreThoseOfASetOfPlaces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<Citation> cited = new ArrayList<>();
            List<CitationAccuracy.Evidence> marked = new ArrayList<>();
            Set<String> citedPlaces = new HashSet<>();
            Set<String> markedPlaces = new HashSet<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                int start = random.nextInt(30);
                int end = start + random.nextInt(10);
                String document = "d" + random.nextInt(2);
                boolean cites = random.nextBoolean();
                if (cites) {
                    cited.add(citation(document, start, end));
                } else {
                    marked.add(evidence(document, start, end));
                }
                for (int at = start; at < end; at++) {
                    (cites ? citedPlaces : markedPlaces).add(document + at);
                }
            }
            Set<String> common = new HashSet<>(citedPlaces);
            common.retainAll(markedPlaces);
            CitationAccuracy accuracy = CitationAccuracy.ofCharacters(cited, marked);
            String label = "seed " + seed + ", round " + round;
            if (!citedPlaces.isEmpty()) {
                assertThat(accuracy.precision())
                        .as(label)
                        .isEqualTo(common.size() / (double) citedPlaces.size(), within(1e-12));
            }
            if (!markedPlaces.isEmpty()) {
                assertThat(accuracy.recall())
                        .as(label)
                        .isEqualTo(common.size() / (double) markedPlaces.size(), within(1e-12));
            }
        }
    }
}

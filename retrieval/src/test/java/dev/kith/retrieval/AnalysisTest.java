package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AnalysisTest {
    @Test
    void givesTheTermsThatAreMatched() {
        assertThat(Analysis.ENGLISH.terms("The keys' keys are Rotating, 3.5 times"))
                .containsExactly("kei", "kei", "rotat", "3.5", "time");
        assertThat(Analysis.WORDS.terms("The Keys")).containsExactly("the", "keys");
        assertThat(Analysis.ENGLISH.terms("the \uD83D \n")).isEmpty();
    }
}

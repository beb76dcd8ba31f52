package dev.kith.tokenizers;

import java.util.List;

/** Cuts normalized text into words, which the model takes one at a time. Immutable. */
sealed interface PreTokenizer
        permits BertPreTokenizer, ByteLevel, Metaspace, Split, PreTokenizer.Sequence {
    /** Replaces the text's words by smaller ones, and perhaps its characters. */
    void split(NormalizedText text);

    /** Whether text may be cut before a single space between letters without changing any word. */
    boolean cutsAtSpaces();

    /** One after the other. */
    record Sequence(List<PreTokenizer> steps) implements PreTokenizer {
        @Override
        public void split(NormalizedText text) {
            steps.forEach(step -> step.split(text));
        }

        @Override
        public boolean cutsAtSpaces() {
            return !steps.isEmpty() && steps.getFirst().cutsAtSpaces();
        }
    }
}

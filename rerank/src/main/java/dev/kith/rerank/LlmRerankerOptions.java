package dev.kith.rerank;

/**
 * How a language model is asked to order passages.
 *
 * @param window how many passages a prompt shows at most
 * @param step by how many passages a window stands before the one that was ordered last, at most {@code window - 1}: the best
 *     {@code window - step} of one meet those of the next
 * @param passageChars how many characters of a passage are shown at most
 * @param promptChars how many characters a prompt has at most; passages are cut further to keep to it
 */
public record LlmRerankerOptions(int window, int step, int passageChars, int promptChars) {
    private static final int DEFAULT_WINDOW = 20;
    private static final int DEFAULT_STEP = 10;
    private static final int DEFAULT_PASSAGE_CHARS = 1200;
    private static final int DEFAULT_PROMPT_CHARS = 24_000;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public LlmRerankerOptions {
        if (window < 2) {
            throw new IllegalArgumentException("window must be at least 2: " + window);
        }
        if (step < 1 || step >= window) {
            throw new IllegalArgumentException(
                    "step must be in [1, " + (window - 1) + "]: " + step);
        }
        if (passageChars < 1) {
            throw new IllegalArgumentException("passageChars must be positive: " + passageChars);
        }
        if (promptChars < 1) {
            throw new IllegalArgumentException("promptChars must be positive: " + promptChars);
        }
    }

    /** 20 passages a prompt, the ten best of each meeting ten others; 1200 characters a passage, 24,000 a prompt. */
    public static LlmRerankerOptions defaults() {
        return new LlmRerankerOptions(
                DEFAULT_WINDOW, DEFAULT_STEP, DEFAULT_PASSAGE_CHARS, DEFAULT_PROMPT_CHARS);
    }

    /** These, but with other windows. */
    public LlmRerankerOptions withWindow(int newWindow, int newStep) {
        return new LlmRerankerOptions(newWindow, newStep, passageChars, promptChars);
    }

    /** These, but with other bounds on characters. */
    public LlmRerankerOptions withChars(int ofPassage, int ofPrompt) {
        return new LlmRerankerOptions(window, step, ofPassage, ofPrompt);
    }
}

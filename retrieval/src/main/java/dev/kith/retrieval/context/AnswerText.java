package dev.kith.retrieval.context;

import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer, read for its sentences, its labels and what it quotes. */
final class AnswerText {
    private static final Pattern BRACKETS =
            Pattern.compile("\\[\\s*(\\d{1,9}(?:\\s*[,;\\u2013-]\\s*\\d{1,9}){0,50})\\s*\\]");
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:\\s*[\\u2013-]\\s*(\\d+))?");
    /** A longer range is more likely something else: its two ends count. */
    private static final long LONGEST_RANGE = 100;

    /** A mark after a letter or digit opens nothing: that is an inch or an apostrophe. */
    private static final Pattern QUOTATION =
            Pattern.compile("(?<![\\p{L}\\p{N}])\"([^\"]{1,2000})\"(?![\\p{L}\\p{N}])"
                    + "|[\\u201C\\u201E]([^\\u201C\\u201D\\u201E]{1,2000})[\\u201C\\u201D]"
                    + "|\\u00AB([^\\u00AB\\u00BB]{1,2000})\\u00BB");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

    /** A label, with the brackets it stands in. */
    record Label(long number, Span span) {
        String text() {
            return "[" + number + "]";
        }
    }

    /** Quoted words, without their marks. */
    record Quotation(Span span, String text) {}

    /**
     * A sentence.
     *
     * @param words its text with blanks for labels
     */
    record Sentence(Span span, String words, List<Label> labels, List<Quotation> quotations) {
        /** The labels nearest behind the quotation, those that stand together; or else nearest before it. */
        List<Label> labelsOf(Quotation quotation) {
            List<Label> after = labels.stream()
                    .filter(label -> label.span().start() >= quotation.span().end())
                    .toList();
            return after.isEmpty() ? together(labels.reversed()) : together(after);
        }

        private static List<Label> together(List<Label> labels) {
            List<Label> together = new ArrayList<>();
            for (Label label : labels) {
                if (!together.isEmpty()) {
                    Span last = together.getLast().span();
                    int gap = Math.max(
                            label.span().start() - last.end(),
                            last.start() - label.span().end());
                    if (gap > 1) {
                        break;
                    }
                }
                together.add(label);
            }
            return together;
        }
    }

    private final String answer;
    private final List<Label> labels = new ArrayList<>();
    private final List<Quotation> quotations = new ArrayList<>();
    /** The answer with blanks for labels. */
    private final String words;

    AnswerText(String answer) {
        this.answer = answer;
        StringBuilder blanked = new StringBuilder(answer);
        Matcher brackets = BRACKETS.matcher(answer);
        while (brackets.find()) {
            Span span = new Span(brackets.start(), brackets.end());
            addLabels(brackets.group(1), span);
            blanked.replace(span.start(), span.end(), " ".repeat(span.length()));
        }
        words = blanked.toString();
        Matcher quotation = QUOTATION.matcher(answer);
        while (quotation.find()) {
            for (int group = 1; group <= 3; group++) {
                if (quotation.group(group) != null) {
                    quotations.add(new Quotation(
                            new Span(quotation.start(group), quotation.end(group)),
                            quotation.group(group)));
                }
            }
        }
    }

    private void addLabels(String numbers, Span span) {
        Matcher range = RANGE.matcher(numbers);
        while (range.find()) {
            long from = Long.parseLong(range.group(1));
            long to = range.group(2) == null ? from : Long.parseLong(range.group(2));
            if (to >= from && to - from < LONGEST_RANGE) {
                for (long number = from; number <= to; number++) {
                    labels.add(new Label(number, span));
                }
            } else {
                labels.add(new Label(from, span));
                labels.add(new Label(to, span));
            }
        }
    }

    /** All sentences; each label and each quotation is in one. */
    List<Sentence> sentences() {
        List<Span> spans = new ArrayList<>(Sentences.of(withoutBreaksInQuotations()));
        spans.removeIf(span -> !WORD.matcher(span.of(words)).find());
        if (spans.isEmpty() && !labels.isEmpty()) {
            spans.add(new Span(0, answer.length()));
        }
        List<Sentence> sentences = new ArrayList<>();
        for (Span span : spans) {
            sentences.add(new Sentence(span, span.of(words), new ArrayList<>(), new ArrayList<>()));
        }
        addLabels(spans, sentences);
        for (Quotation quotation : quotations) {
            if (!spans.isEmpty()) {
                int owner = lastFrom(spans, quotation.span().start());
                sentences.get(owner).quotations().add(quotation);
            }
        }
        return sentences;
    }

    /** A quotation may have full stops in it; the sentence goes on. */
    private String withoutBreaksInQuotations() {
        StringBuilder text = new StringBuilder(words);
        for (Quotation quotation : quotations) {
            // The last character stays: it may end the sentence as well.
            for (int i = quotation.span().start(); i < quotation.span().end() - 1; i++) {
                text.setCharAt(i, 'q');
            }
        }
        return text.toString();
    }

    /** Gives each label to the sentence that it stands in or behind, or at the start of its line to the one that follows. */
    private void addLabels(List<Span> spans, List<Sentence> sentences) {
        int at = 0;
        int lineStart = 0;
        boolean opensLine = true;
        for (Label label : labels) {
            for (; at < label.span().start(); at++) {
                char c = words.charAt(at);
                if (c == '\n') {
                    lineStart = at + 1;
                    opensLine = true;
                } else if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
                    opensLine = false;
                }
            }
            int owner = lastFrom(spans, label.span().start());
            if (opensLine && spans.get(owner).start() < lineStart && owner + 1 < spans.size()) {
                int newline = words.indexOf('\n', at);
                int next = spans.get(owner + 1).start();
                owner += newline < 0 || next < newline ? 1 : 0;
            }
            sentences.get(owner).labels().add(label);
        }
    }

    /** The last sentence that starts at a place or before it, or the first. */
    private static int lastFrom(List<Span> sentences, int place) {
        int low = 0;
        int high = sentences.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sentences.get(middle).start() <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}

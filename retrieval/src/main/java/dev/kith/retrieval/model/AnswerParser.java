package dev.kith.retrieval.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what language models answer when they are asked for a list or a paragraph: numbered, with bullets, as JSON, with a
 * sentence before it, in a fence, quoted, or thinking aloud first. What cannot be read is left out; the rest is bounded.
 */
public final class AnswerParser {
    /** What is read of an answer at most; more is no answer to any of the prompts. */
    public static final int MAX_ANSWER = 1 << 16;

    /** A longer line is not one question or term. */
    public static final int MAX_ITEM = 500;

    private static final int MAX_LINES = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
    private static final Pattern ITEM = Pattern.compile(
            "^\\s*(?:[-*+\\u2022\\u2013\\u2014]\\s+|\\(?\\d{1,3}[.):]\\s+|\\[\\d{1,3}]\\s+"
                    + "|[a-z][.)]\\s+|Q(?:uestion)?\\s?\\d{0,3}[.:)]\\s*){1,3}+(.*)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMAS = Pattern.compile("[,;]");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final String QUOTES = "\"'`*_\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb";

    private AnswerParser() {}

    /** At most {@code count} different items of an answer, none of which says the same as {@code question}. */
    public static List<String> list(@Nullable String answer, String question, int count) {
        String text = clean(answer);
        List<String> items = json(text);
        if (items.isEmpty()) {
            items = lines(text);
        }
        Map<String, String> different = new LinkedHashMap<>();
        String same = key(question);
        for (String item : items) {
            String bare = bare(item);
            String key = key(bare);
            if (!key.isEmpty() && bare.length() <= MAX_ITEM && !key.equals(same)) {
                different.putIfAbsent(key, bare);
            }
        }
        return different.values().stream().limit(count).toList();
    }

    /** As {@link #list}; an item may be several terms between commas. */
    public static List<String> terms(@Nullable String answer, String question, int count) {
        String commas = list(answer, question, Integer.MAX_VALUE).stream()
                .flatMap(item -> COMMAS.splitAsStream(item))
                .collect(Collectors.joining("\n"));
        return list(commas, question, count);
    }

    /** An answer as one paragraph of at most {@code max} characters; "" if there is none. */
    public static String paragraph(@Nullable String answer, int max) {
        String text = clean(answer).replaceAll("\\s+", " ").strip();
        return key(text).isEmpty() ? "" : cut(text, max);
    }

    /** The start of a text, at most so long, and where possible whole words. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int space = text.lastIndexOf(' ', max);
        int end = space > max / 2 ? space : max;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                .strip();
    }

    /** What an answer says: without thoughts before it and control characters, not endless; "" if there is none. */
    public static String clean(@Nullable String answer) {
        if (answer == null) {
            return "";
        }
        int thought = answer.lastIndexOf("</think>");
        String said = thought < 0 ? answer : answer.substring(thought + "</think>".length());
        String text = said.length() > MAX_ANSWER ? cut(said, MAX_ANSWER) : said;
        return CONTROL.matcher(text.replace('\r', '\n')).replaceAll(" ").strip();
    }

    /** The strings of the first JSON array in the text, or none. */
    private static List<String> json(String text) {
        int start = text.indexOf('[');
        int end = text.lastIndexOf(']');
        if (start < 0 || end < start) {
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        try {
            JsonNode array = JSON.readTree(text.substring(start, end + 1));
            for (JsonNode item : array) {
                String string = string(item);
                if (string != null) {
                    strings.add(string);
                }
            }
        } catch (JsonProcessingException e) {
            return List.of(); // brackets for another reason
        }
        return strings;
    }

    /** A string, or the first string in an object. */
    private static @Nullable String string(JsonNode item) {
        if (item.isTextual()) {
            return item.textValue();
        }
        for (JsonNode value : item) {
            if (item.isObject() && value.isTextual()) {
                return value.textValue();
            }
        }
        return null;
    }

    /** The marked lines, if there are any; else all but fences and those that announce others. */
    private static List<String> lines(String text) {
        List<String> marked = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        text.lines().limit(MAX_LINES).forEach(line -> {
            Matcher item = ITEM.matcher(line);
            if (item.matches()) {
                marked.add(item.group(1));
            } else if (!line.strip().endsWith(":") && !line.strip().startsWith("```")) {
                plain.add(line);
            }
        });
        return marked.isEmpty() ? plain : marked;
    }

    /** Without white space, quotes and emphasis around it. */
    private static String bare(String item) {
        int start = 0;
        int end = item.length();
        while (start < end && outside(item.charAt(start))) {
            start++;
        }
        while (end > start && (outside(item.charAt(end - 1)) || item.charAt(end - 1) == ',')) {
            end--;
        }
        return item.substring(start, end);
    }

    private static boolean outside(char c) {
        return Character.isWhitespace(c) || QUOTES.indexOf(c) >= 0;
    }

    /** What two texts have in common that differ in case, white space and punctuation alone. */
    private static String key(String text) {
        return NOT_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}

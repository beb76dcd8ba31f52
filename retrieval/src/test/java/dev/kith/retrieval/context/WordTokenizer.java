package dev.kith.retrieval.context;

import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A token is a word or any other character that is not white space: those of parts are not always those of the whole. */
record WordTokenizer(Pattern token) implements Tokenizer {
    WordTokenizer() {
        this(Pattern.compile("[\\p{L}\\p{N}]+|\\S"));
    }

    /** A token is up to three characters of any kind, so that what stands before a text changes its tokens. */
    static WordTokenizer ofThrees() {
        return new WordTokenizer(Pattern.compile("(?s).{1,3}"));
    }

    @Override
    public Tokens tokenize(CharSequence text) {
        List<MatchResult> found = token.matcher(text).results().toList();
        return new Tokens(
                new int[found.size()],
                found.stream().mapToInt(MatchResult::start).toArray(),
                found.stream().mapToInt(MatchResult::end).toArray());
    }

    @Override
    public String identity() {
        return token.toString();
    }
}

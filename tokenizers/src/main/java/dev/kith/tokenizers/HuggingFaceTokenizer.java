package dev.kith.tokenizers;

import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer that a {@code tokenizer.json} of Hugging Face describes, in pure Java. Ids and offsets are those of the
 * reference implementation, offsets counted in UTF-16 units. Supported are WordPiece, byte-pair encoding and Unigram with
 * the normalizers, pre-tokenizers and post-processors of published models; a file that asks for anything else is refused, by
 * name. The file's own truncation and padding are ignored: all of a text is tokenized.
 *
 * <p>Text may be anything, NULs and lone surrogates included. Immutable, safe for any number of threads.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
    /** Longer texts are worked on in pieces of about this many characters, which bounds scratch memory. */
    private static final int BLOCK = 1 << 15;

    /** What a file describes. */
    record Parts(
            String identity,
            @Nullable Normalizer normalizer,
            @Nullable PreTokenizer preTokenizer,
            Model model,
            Template template,
            @Nullable OffsetTrimming trimming,
            AddedTokens rawAdded,
            AddedTokens normalizedAdded,
            Map<String, Integer> addedIds,
            int padId) {}

    private final Parts parts;
    private final boolean inBlocks;
    private final ScratchPool pool = new ScratchPool();

    HuggingFaceTokenizer(Parts parts) {
        this.parts = parts;
        this.inBlocks = worksInBlocks(parts);
    }

    private static boolean worksInBlocks(Parts parts) {
        Normalizer normalizer = parts.normalizer();
        PreTokenizer preTokenizer = parts.preTokenizer();
        return parts.normalizedAdded().isEmpty()
                && (normalizer == null || normalizer.ignoresSpaces())
                && preTokenizer != null
                && preTokenizer.cutsAtSpaces();
    }

    /**
     * Reads a tokenizer.
     *
     * @param file a {@code tokenizer.json}
     * @throws IOException if the file cannot be read, is not such a file, or needs a component that is not supported;
     *     the message names the file and the component
     */
    public static HuggingFaceTokenizer load(Path file) throws IOException {
        return TokenizerJson.parse(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads a tokenizer and leaves the stream open.
     *
     * @param in the bytes of a {@code tokenizer.json}
     * @throws IOException as {@link #load(Path)}
     */
    public static HuggingFaceTokenizer read(InputStream in) throws IOException {
        return TokenizerJson.parse("tokenizer.json", in.readAllBytes());
    }

    @Override
    public Tokens tokenize(CharSequence text) {
        Scratch scratch = pool.take();
        run(text, scratch);
        Tokens tokens = scratch.tokens.tokens();
        pool.give(scratch);
        return tokens;
    }

    @Override
    public int count(CharSequence text) {
        Scratch scratch = pool.take();
        run(text, scratch);
        int size = scratch.tokens.size();
        pool.give(scratch);
        return size;
    }

    /** Fills the scratch's list. */
    private void run(CharSequence text, Scratch scratch) {
        scratch.tokens.clear();
        TokenList matches = scratch.rawMatches;
        parts.rawAdded().find(text, matches);
        int from = 0;
        for (int i = 0; i < matches.size(); i++) {
            segment(text, from, matches.start(i), scratch);
            scratch.tokens.addFound(matches.id(i), matches.start(i), matches.end(i));
            from = matches.end(i);
        }
        segment(text, from, text.length(), scratch);
        if (parts.trimming() != null) {
            parts.trimming().apply(text, scratch.tokens);
        }
    }

    /** Tokenizes text without added tokens. */
    private void segment(CharSequence source, int from, int to, Scratch scratch) {
        int end;
        for (int start = from; start < to; start = end) {
            end = inBlocks ? blockEnd(source, start, to) : to;
            NormalizedText text = scratch.text;
            text.load(source, start, end);
            if (parts.normalizer() != null) {
                parts.normalizer().normalize(text);
            }
            normalized(text, scratch);
        }
    }

    /** Behind the first block of a text: before a space between letters, where no rule looks across. */
    private static int blockEnd(CharSequence text, int from, int to) {
        for (int i = from + BLOCK; i < to - 1; i++) {
            if (text.charAt(i) == ' '
                    && isAsciiLetter(text.charAt(i - 1))
                    && isAsciiLetter(text.charAt(i + 1))) {
                return i;
            }
        }
        return to;
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void normalized(NormalizedText text, Scratch scratch) {
        TokenList matches = scratch.matches;
        parts.normalizedAdded().find(text.view(), matches);
        if (matches.size() == 0) {
            words(text, scratch);
            return;
        }
        int from = 0;
        for (int i = 0; i < matches.size(); i++) {
            part(text, from, matches.start(i), scratch);
            int end = matches.end(i);
            scratch.tokens.addFound(matches.id(i), text.start(matches.start(i)), text.end(end - 1));
            from = end;
        }
        part(text, from, text.size(), scratch);
    }

    private void part(NormalizedText text, int from, int to, Scratch scratch) {
        if (from < to) {
            scratch.part.load(text, from, to);
            words(scratch.part, scratch);
        }
    }

    private void words(NormalizedText text, Scratch scratch) {
        if (parts.preTokenizer() != null) {
            parts.preTokenizer().split(text);
        }
        Model model = parts.model();
        for (int word = 0; word < text.wordCount(); word++) {
            model.tokenize(text, text.wordStart(word), text.wordEnd(word), scratch);
        }
    }

    /** A text's tokens, or some of them, as a model for single texts reads them. */
    public ModelInput single(Tokens text) {
        return Template.fill(parts.template().single(), text, text);
    }

    /** Two texts' tokens as a model for pairs reads them. */
    public ModelInput pair(Tokens first, Tokens second) {
        return Template.fill(parts.template().pair(), first, second);
    }

    /**
     * How many special tokens {@link #single} or {@link #pair} adds.
     *
     * @param pair whether two texts are read together
     */
    public int specialTokens(boolean pair) {
        return Template.specials(
                pair ? parts.template().pair() : parts.template().single());
    }

    /** The id that fills a shorter text's row in a batch. */
    public int padId() {
        return parts.padId();
    }

    /** The id of a token as the vocabulary spells it, or -1. */
    public int id(String token) {
        Integer added = parts.addedIds().get(token);
        return added != null ? added : parts.model().id(token);
    }

    @Override
    public String identity() {
        return parts.identity();
    }
}

package dev.kith.tokenizers;

import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer that a {@code tokenizer.json} of Hugging Face describes, in pure Java. Ids and offsets are those of the
 * reference implementation, offsets counted in UTF-16 units. Supported are BERT's WordPiece and byte-level byte-pair
 * encoding; a file that asks for anything else is refused, by name. The file's own truncation and padding are ignored:
 * all of a text is tokenized.
 *
 * <p>Text may be anything, NULs and lone surrogates included. Immutable, safe for any number of threads.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
    /** Longer texts are worked on in pieces of about this many characters, which bounds scratch memory. */
    private static final int BLOCK = 1 << 15;

    /** What a file describes. */
    record Parts(
            String identity,
            @Nullable BertNormalizer normalizer,
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

    HuggingFaceTokenizer(Parts parts) {
        this.parts = parts;
        PreTokenizer words = parts.preTokenizer();
        this.inBlocks = parts.normalizedAdded().isEmpty() && words != null && words.cutsAtSpaces();
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
        TokenList out = new TokenList(text.length() / 4 + 8);
        Run run = new Run(text, new NormalizedText(), out);
        int from = 0;
        for (AddedTokens.Match match : parts.rawAdded().find(text)) {
            segment(run, from, match.start());
            out.addFound(match.id(), match.start(), match.end());
            from = match.end();
        }
        segment(run, from, text.length());
        if (parts.trimming() != null) {
            parts.trimming().apply(text, out);
        }
        return out.tokens();
    }

    /** A text on its way, with the scratch and the result. */
    private record Run(CharSequence text, NormalizedText scratch, TokenList out) {}

    /** Tokenizes text without added tokens. */
    private void segment(Run run, int from, int to) {
        int end;
        for (int start = from; start < to; start = end) {
            end = inBlocks ? blockEnd(run.text(), start, to) : to;
            NormalizedText text = run.scratch();
            text.load(run.text(), start, end);
            if (parts.normalizer() == null) {
                text.copySource();
            } else {
                parts.normalizer().normalize(text);
            }
            normalized(text, run.out());
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

    private void normalized(NormalizedText text, TokenList out) {
        int from = 0;
        CharSequence chars = CharBuffer.wrap(text.chars(), 0, text.size());
        for (AddedTokens.Match match : parts.normalizedAdded().find(chars)) {
            words(text, from, match.start(), out);
            out.addFound(match.id(), text.start(match.start()), text.end(match.end() - 1));
            from = match.end();
        }
        words(text, from, text.size(), out);
    }

    private void words(NormalizedText text, int from, int to, TokenList out) {
        if (from == to) {
            return;
        }
        if (parts.preTokenizer() == null) {
            parts.model().tokenize(text, from, to, out);
        } else {
            parts.preTokenizer()
                    .split(
                            text,
                            from,
                            to,
                            (word, start, end) -> parts.model().tokenize(word, start, end, out));
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

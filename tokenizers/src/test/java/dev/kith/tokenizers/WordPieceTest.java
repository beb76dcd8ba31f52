package dev.kith.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.text.Tokens;
import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BERT's tokenizer against the reference implementation. */
class WordPieceTest {
    private static final String MINILM = "/all-minilm-l6-v2-q-tokenizer.json";
    private static Reference uncased;

    @BeforeAll
    static void load() throws IOException {
        uncased = Reference.of(MINILM, json -> {});
    }

    @AfterAll
    static void close() {
        uncased.close();
    }

    @Test
    void equalsTheReferenceOnHostileText() {
        HostileText.EXAMPLES.forEach(text -> uncased.compare(text, "example"));
    }

    @Test
    void equalsTheReferenceOnRandomText() {
        for (long seed = 0; seed < 3000; seed++) {
            uncased.compare(HostileText.random(new Random(seed)), "seed " + seed);
        }
    }

    @Test
    void equalsTheReferenceOnEveryCodePoint() {
        for (int first = 0; first <= 0x10FFFF; first += 256) {
            // Planes without characters, and those for private use, are alike all through.
            boolean empty = first > 0x32000 && first < 0xE0000 || first > 0xE1000;
            boolean surrogates = first >= 0xD800 && first <= 0xDFFF;
            if (!surrogates && (!empty || (first & 0xFFFF) == 0 || (first & 0xFFFF) == 0xFF00)) {
                uncased.compare(around(first, 256), "block " + Integer.toHexString(first));
            }
        }
    }

    /** Each code point between two letters, so that it shows whether it is dropped, a space, punctuation or a letter. */
    private static String around(int first, int count) {
        StringBuilder text = new StringBuilder();
        for (int c = first; c < first + count; c++) {
            text.append("q").appendCodePoint(c).append("q ");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, null, false",
        "true, true, false, true",
        "true, true, true, false",
        "false, false, false, false",
        "false, true, null, true",
        "true, false, true, true"
    })
    void equalsTheReferenceWithOtherSettings(
            boolean clean, boolean ideographs, String accents, boolean lowercase)
            throws IOException {
        try (Reference changed =
                Reference.of(MINILM, settings(clean, ideographs, accents, lowercase))) {
            HostileText.EXAMPLES.forEach(text -> changed.compare(text, "example"));
            for (long seed = 0; seed < 500; seed++) {
                changed.compare(HostileText.random(new Random(seed)), "seed " + seed);
            }
        }
    }

    private static Consumer<ObjectNode> settings(
            boolean clean, boolean ideographs, String accents, boolean lowercase) {
        return json -> {
            ObjectNode normalizer = json.withObject("/normalizer");
            normalizer.put("clean_text", clean).put("handle_chinese_chars", ideographs);
            normalizer.put("lowercase", lowercase);
            if (accents.equals("null")) {
                normalizer.putNull("strip_accents");
            } else {
                normalizer.put("strip_accents", Boolean.parseBoolean(accents));
            }
        };
    }

    @Test
    void equalsTheReferenceWithAddedTokensOfEveryKind() throws IOException {
        try (Reference changed = Reference.of(MINILM, json -> {
            add(json, "Vector", true, false, false, false);
            add(json, "the", false, true, false, false);
            add(json, "z", false, false, true, true);
            add(json, "question", true, true, true, true);
        })) {
            changed.compare("the VECTOR othe the. vecto vector z  zz, the Question !", "added");
            for (long seed = 0; seed < 1000; seed++) {
                changed.compare(HostileText.random(new Random(seed)), "seed " + seed);
            }
        }
    }

    private static void add(
            ObjectNode json,
            String content,
            boolean normalized,
            boolean single,
            boolean left,
            boolean right) {
        ObjectNode token = json.withArray("/added_tokens").addObject();
        int id = json.at("/model/vocab").path(content.toLowerCase(Locale.ROOT)).asInt();
        token.put("id", content.equals("Vector") ? 30522 : id);
        token.put("content", content).put("single_word", single).put("lstrip", left);
        token.put("rstrip", right).put("normalized", normalized).put("special", false);
    }

    @Test
    void fillsTheTemplateAsTheReferenceDoes() {
        uncased.compareInputs("how do I rotate keys?", "Keys are rotated by the vault.");
        uncased.compareInputs("", "");
    }

    @Test
    void equalsTheReferenceOnTextOfManyBlocks() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append(i % 7 == 0 ? "caf\u00e9" : "word").append(i % 100).append(" tokens, and ");
        }
        uncased.compare(text.toString(), "long");
    }

    @Test
    void takesLoneSurrogatesForControlCharacters() {
        HuggingFaceTokenizer tokenizer = uncased.ours();
        Tokens tokens = tokenizer.tokenize("a\ud83db \udc00 c\ud83d");
        assertThat(tokens.ids()).isEqualTo(tokenizer.tokenize("ab c").ids());
        assertThat(tokens.starts()).containsExactly(0, 6);
        assertThat(tokens.ends()).containsExactly(3, 7);
    }

    @Test
    void ignoresTheTruncationOfTheFile() {
        assertThat(uncased.ours().tokenize("word ".repeat(1000)).size()).isEqualTo(1000);
        assertThat(uncased.ours().count("word ".repeat(1000))).isEqualTo(1000);
    }

    @Test
    void knowsIdsAndSpecialTokens() {
        HuggingFaceTokenizer tokenizer = uncased.ours();
        assertThat(tokenizer.id("[CLS]")).isEqualTo(101);
        assertThat(tokenizer.id("##ing")).isEqualTo(2075);
        assertThat(tokenizer.id("no such token")).isEqualTo(-1);
        assertThat(tokenizer.padId()).isZero();
        assertThat(tokenizer.specialTokens(false)).isEqualTo(2);
        assertThat(tokenizer.specialTokens(true)).isEqualTo(3);
        assertThat(tokenizer.single(tokenizer.tokenize("hello world")).ids())
                .containsExactly(101, 7592, 2088, 102);
    }
}

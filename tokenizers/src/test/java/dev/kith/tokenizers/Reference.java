package dev.kith.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.text.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/** Hugging Face's own tokenizer beside ours, both made from one file. */
final class Reference implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NO_LIMIT = "1000000000";

    private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer theirs;
    private final HuggingFaceTokenizer ours;

    private Reference(byte[] json) throws IOException {
        Map<String, String> options = Map.of(
                "truncation",
                "false",
                "padding",
                "false",
                "modelMaxLength",
                NO_LIMIT,
                "maxLength",
                NO_LIMIT);
        theirs = ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json), options);
        ours = HuggingFaceTokenizer.read(new ByteArrayInputStream(json));
    }

    /** Both tokenizers of a class-path file after a change. */
    static Reference of(String resource, Consumer<ObjectNode> change) throws IOException {
        try (var in = Objects.requireNonNull(Reference.class.getResourceAsStream(resource))) {
            JsonNode json = MAPPER.readTree(in);
            change.accept((ObjectNode) json);
            return new Reference(MAPPER.writeValueAsBytes(json));
        }
    }

    static Reference of(byte[] json) throws IOException {
        return new Reference(json);
    }

    static Reference of(ObjectNode json) throws IOException {
        return new Reference(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Compares on all hostile examples and on random texts. */
    void compareAll(int randomTexts) {
        HostileText.EXAMPLES.forEach(text -> compare(text, "example"));
        for (long seed = 0; seed < randomTexts; seed++) {
            compare(HostileText.random(new Random(seed)), "seed " + seed);
        }
    }

    /** Compares on each code point of the planes that have characters, between letters. */
    void compareCodePoints() {
        List<String> different = new ArrayList<>();
        for (int first = 0; first <= 0xE01FF; first += 256) {
            boolean empty = first > 0x32000 && first < 0xE0000;
            boolean alike = (first > 0x3400 && first < 0x4D00)
                    || (first > 0x5000 && first < 0x9F00)
                    || (first > 0x13000 && first < 0x1BC00)
                    || (first > 0x20100 && first < 0x2F700)
                    || (first > 0xAD00 && first < 0xD700);
            boolean surrogates = first >= 0xD800 && first < 0xF900;
            if (!empty && !alike && !surrogates && !same(first, first + 256)) {
                for (int c = first; c < first + 256; c++) {
                    // The reference may know a Unicode that the JDK does not.
                    if (Character.isDefined(c) && !same(c, c + 1)) {
                        different.add(Integer.toHexString(c));
                    }
                }
            }
        }
        assertThat(different).isEmpty();
    }

    private boolean same(int first, int end) {
        StringBuilder text = new StringBuilder();
        for (int c = first; c < end; c++) {
            text.appendCodePoint(c).append("q ");
        }
        long[] expected = theirs.encode(text.toString(), false, false).getIds();
        int[] actual = ours.tokenize(text).ids();
        return Arrays.equals(expected, Arrays.stream(actual).asLongStream().toArray());
    }

    HuggingFaceTokenizer ours() {
        return ours;
    }

    /** Compares ids and offsets. Lone surrogates cannot reach the reference, so a text must have none. */
    void compare(String text, String description) {
        Encoding expected = theirs.encode(text, false, false);
        Tokens actual = ours.tokenize(text);
        String shown = description + ": " + show(text);
        int[] ids = Arrays.stream(expected.getIds()).mapToInt(Math::toIntExact).toArray();
        assertThat(actual.ids()).as("ids, %s", shown).isEqualTo(ids);
        int[] codePoints = codePointIndexes(text);
        CharSpan[] spans = expected.getCharTokenSpans();
        for (int i = 0; i < ids.length; i++) {
            CharSpan span = Objects.requireNonNull(spans[i]);
            assertThat(codePoints[actual.starts()[i]] + "-" + codePoints[actual.ends()[i]])
                    .as("offsets of token %d, %s", i, shown)
                    .isEqualTo(span.getStart() + "-" + span.getEnd());
        }
    }

    /** Compares what a model reads of one text and of a pair. */
    void compareInputs(String first, String second) {
        compareInput(theirs.encode(first, true, false), ours.single(ours.tokenize(first)));
        compareInput(
                theirs.encode(first, second, true, false),
                ours.pair(ours.tokenize(first), ours.tokenize(second)));
    }

    private static void compareInput(Encoding expected, ModelInput actual) {
        assertThat(Arrays.stream(actual.ids()).asLongStream().toArray())
                .isEqualTo(expected.getIds());
        assertThat(Arrays.stream(actual.typeIds()).asLongStream().toArray())
                .isEqualTo(expected.getTypeIds());
    }

    /** For each UTF-16 position the number of code points before it. */
    private static int[] codePointIndexes(String text) {
        int[] indexes = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            boolean inside = i > 0 && Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i));
            indexes[i + 1] = indexes[i] + (inside ? 0 : 1);
        }
        return indexes;
    }

    private static String show(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(300).forEach(c -> {
            if (c >= ' ' && c < 0x7F) {
                shown.append((char) c);
            } else {
                shown.append("{").append(Integer.toHexString(c)).append("}");
            }
        });
        return shown.toString();
    }

    @Override
    public void close() {
        theirs.close();
    }
}

package dev.kith.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.text.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Byte-level byte-pair encoding against the reference implementation. */
class ByteLevelBpeTest {
    private static final String TINY = "tiny-byte-level-bpe.json";

    private record Variant(String name, Consumer<ObjectNode> change) {}

    private static final List<Variant> VARIANTS = List.of(
            new Variant("as it is", json -> {}),
            new Variant("prefix space, trimmed", json -> prefixSpace(json, true)),
            new Variant("prefix space, not trimmed", json -> prefixSpace(json, false)),
            new Variant(
                    "without words",
                    json -> json.withObject("/pre_tokenizer").put("use_regex", false)),
            new Variant("unknown bytes", json -> {
                forget(json);
                json.withObject("/model").put("unk_token", "<unk>");
            }),
            new Variant("fused unknown bytes", json -> {
                forget(json);
                json.withObject("/model").put("unk_token", "<unk>");
                json.withObject("/model").put("fuse_unk", true);
            }),
            new Variant("whole words first", json -> {
                json.withObject("/model").put("ignore_merges", true);
                json.withObject("/model/vocab").put("Ġquestions", 600);
            }),
            new Variant("template and trimming in sequence", ByteLevelBpeTest::sequence),
            new Variant("no post-processor", json -> json.putNull("post_processor")),
            new Variant("no pre-tokenizer", json -> {
                json.putNull("pre_tokenizer");
                json.withObject("/model").put("unk_token", "<unk>");
            }),
            new Variant("BertProcessing", ByteLevelBpeTest::bertProcessing));

    private static void prefixSpace(ObjectNode json, boolean trim) {
        json.withObject("/pre_tokenizer").put("add_prefix_space", true);
        json.withObject("/post_processor").put("add_prefix_space", true).put("trim_offsets", trim);
    }

    /** Takes letters of no merge out of the vocabulary. */
    private static void forget(ObjectNode json) {
        json.withObject("/model/vocab").remove(List.of("Ð", "ð", "9", "Z", "Q"));
        json.withObject("/model").putArray("merges");
    }

    private static void sequence(ObjectNode json) {
        ObjectNode template = json.objectNode().put("type", "TemplateProcessing");
        template.putArray("single")
                .addObject()
                .putObject("Sequence")
                .put("id", "A")
                .put("type_id", 0);
        template.withArray("/single")
                .addObject()
                .putObject("SpecialToken")
                .put("id", "</s>")
                .put("type_id", 2);
        template.putArray("pair")
                .addObject()
                .putObject("Sequence")
                .put("id", "B")
                .put("type_id", 3);
        template.withArray("/pair")
                .addObject()
                .putObject("Sequence")
                .put("id", "A")
                .put("type_id", 4);
        ObjectNode special = template.putObject("special_tokens").putObject("</s>");
        special.put("id", "</s>").putArray("ids").add(2).add(1);
        special.putArray("tokens").add("</s>").add("<pad>");
        ObjectNode trimming = json.objectNode().put("type", "ByteLevel");
        trimming.put("add_prefix_space", true).put("trim_offsets", true).put("use_regex", true);
        json.putObject("post_processor")
                .put("type", "Sequence")
                .putArray("processors")
                .add(trimming)
                .add(template);
    }

    private static void bertProcessing(ObjectNode json) {
        ObjectNode processor = json.putObject("post_processor").put("type", "BertProcessing");
        processor.putArray("sep").add("</s>").add(2);
        processor.putArray("cls").add("<s>").add(0);
    }

    @TestFactory
    List<DynamicTest> equalsTheReference() {
        return VARIANTS.stream()
                .map(variant -> DynamicTest.dynamicTest(variant.name(), () -> {
                    try (var both = Reference.of(TINY, variant.change())) {
                        compareAll(both);
                    }
                }))
                .toList();
    }

    private static void compareAll(Reference both) {
        both.compareAll(1000);
        both.compareInputs("how do I rotate keys?", "Keys are rotated by the vault.");
    }

    private static ObjectNode gpt2() {
        try {
            return Tiktoken.model("r50k_base.tiktoken");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void equalsTheReferenceWithThePublishedVocabularyOfGpt2() throws IOException {
        try (Reference both = Reference.of(TINY, json -> {
            json.putArray("added_tokens");
            json.putNull("post_processor");
            json.set("model", gpt2());
        })) {
            both.compareAll(2000);
            String text = TokenizerFiles.text();
            both.compare(text.substring(0, 50_000), "docs");
        }
    }

    /** Runs on a trained model's tokenizer as well, if a folder that has one is named. */
    @TestFactory
    List<DynamicTest> equalsTheReferenceOnTheSharedModel() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Path file = Path.of(
                System.getProperty("kith.shared", ""), "data/tiny-cross-encoder/tokenizer.json");
        if (Files.exists(file)) {
            byte[] json = Files.readAllBytes(file);
            tests.add(DynamicTest.dynamicTest("tiny-cross-encoder", () -> {
                try (var both = Reference.of(json)) {
                    compareAll(both);
                }
            }));
        }
        return tests;
    }

    @Test
    void spellsALoneSurrogateAsTheReplacementCharacter() throws IOException {
        try (Reference both = Reference.of(TINY, json -> {})) {
            Tokens tokens = both.ours().tokenize("a\ud83d b");
            assertThat(tokens.ids()).isEqualTo(both.ours().tokenize("a\ufffd b").ids());
            assertThat(tokens.ends()[tokens.size() - 1]).isEqualTo(4);
        }
    }

    @Test
    void mergesALongWordInTimeThatIsNotQuadratic() throws IOException {
        try (Reference both = Reference.of(TINY, json -> {})) {
            Tokens tokens = both.ours().tokenize("the".repeat(300_000));
            assertThat(tokens.ends()[tokens.size() - 1]).isEqualTo(900_000);
            assertThat(tokens.size()).isLessThan(700_000);
        }
    }

    @Test
    void equalsTheReferenceOnTextOfManyBlocks() throws IOException {
        try (Reference both = Reference.of(TINY, json -> prefixSpace(json, true))) {
            both.compare("Größe of the  naïve vector isn't\n\n 42 ".repeat(5000), "long");
        }
    }
}

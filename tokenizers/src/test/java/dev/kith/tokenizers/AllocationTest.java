package dev.kith.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A warm tokenizer allocates its result and nothing else. */
class AllocationTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String TEXT =
            "How do I rotate keys? Na\u00efve cafe\u0301s \u4e2d\u6587 don't \ud83d\ude42 [MASK] <mask>  immunodeficiency 12.5% "
                    .repeat(20);

    private static HuggingFaceTokenizer read(InputStream json) throws IOException {
        return HuggingFaceTokenizer.read(json);
    }

    private static HuggingFaceTokenizer read(ObjectNode json) throws IOException {
        return read(new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ofWordPieceIsTheResultAlone() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                AllocationTest.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json"))) {
            assertAllocatesTheResultAlone(read(in));
        }
    }

    @Test
    void ofByteLevelBpeIsTheResultAlone() throws IOException {
        assertAllocatesTheResultAlone(read(SentencePieceTest.modernBert()));
        assertAllocatesTheResultAlone(read(SentencePieceTest.llama3()));
    }

    @Test
    void ofUnigramIsTheResultAlone() throws IOException {
        assertAllocatesTheResultAlone(read(SentencePieceTest.xlmRoberta()));
    }

    /** Rounds go on until the compiler is done with the path, which is when they stop allocating anything else. */
    private static void assertAllocatesTheResultAlone(HuggingFaceTokenizer tokenizer) {
        int calls = 20;
        int tokens = tokenizer.tokenize(TEXT).size();
        long result = 3L * (16 + 4L * tokens + 7) + 32;
        long counting = Long.MAX_VALUE;
        long tokenizing = Long.MAX_VALUE;
        int found = 0;
        for (int round = 0; round < 500 && (counting > 0 || tokenizing > calls * result); round++) {
            long before = THREAD.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                found += tokenizer.count(TEXT);
            }
            long between = THREAD.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                found += tokenizer.tokenize(TEXT).size();
            }
            counting = between - before;
            tokenizing = THREAD.getCurrentThreadAllocatedBytes() - between;
        }
        assertThat(found % tokens).isZero();
        assertThat(counting).isZero();
        assertThat(tokenizing).isLessThanOrEqualTo(calls * result);
    }
}

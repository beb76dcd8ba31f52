package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every {@link Chunker} promises, on real, hostile and random texts. */
public abstract class ChunkerContract {
    private static final Pattern CLUSTER = Pattern.compile("\\X");
    private static final int RANDOM_TEXTS = 100;
    private static final int LONGEST_LINE = 100_000;

    /** The chunker to test; equal settings each time. */
    protected abstract Chunker chunker();

    /** What the documents are said to be written in. */
    protected abstract Format format();

    /** The largest length of a chunk. */
    protected abstract int max();

    /** How much a chunk may repeat of the one before. */
    protected abstract int overlap();

    /** The length of a text in the chunker's unit. */
    protected int length(String text) {
        return text.length();
    }

    /** The text that chunks must cover: the document's, unless some of it is not visible. */
    protected String visible(String text) {
        return text;
    }

    /** Real texts to cut beside the hostile ones. */
    protected List<String> realTexts() {
        return List.of();
    }

    /** Whether a chunk's content is its span's text. */
    private boolean verbatim() {
        return format() != Format.HTML;
    }

    @Test
    void keepsItsPromisesOnHostileTexts() {
        int number = 0;
        for (String text : HostileTexts.all()) {
            check(text, "hostile text " + number++);
        }
    }

    @Test
    void keepsItsPromisesOnRealTexts() {
        for (String text : realTexts()) {
            check(text, "a text of " + text.length() + " characters");
        }
    }

    @Test
    void keepsItsPromisesOnRandomTexts() {
        for (long seed = 0; seed < RANDOM_TEXTS; seed++) {
            check(HostileTexts.random(seed), "random text of seed " + seed);
        }
    }

    @Test
    void cutsALongLine() {
        check(HostileTexts.line(Math.min(LONGEST_LINE, 20_000 * max())), "a long line");
    }

    @Test
    void cutsBlankTextsIntoNothing() {
        for (String text : HostileTexts.blank()) {
            assertThat(chunk(text)).isEmpty();
        }
    }

    @Test
    void keepsATextThatFitsWhole() {
        List<Chunk> chunks = chunk(" a \n");
        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().span()).isEqualTo(new Span(1, 2));
        assertThat(chunks.getFirst().content()).isEqualTo("a");
    }

    @Test
    void namesItselfTheSameEachTime() {
        assertThat(chunker().identity()).isNotBlank().isEqualTo(chunker().identity());
    }

    private List<Chunk> chunk(String text) {
        return chunker().chunk(new Document("id", text, format(), Metadata.empty()));
    }

    private void check(String text, String name) {
        List<Chunk> chunks = chunk(text);
        assertThatCode(() -> {
                    assertThat(chunk(text)).isEqualTo(chunks);
                    checkEach(text, chunks);
                    checkOrder(text, chunks);
                    checkNumbers(chunks);
                    checkCoverage(text, chunks);
                    if (verbatim()) {
                        checkOverlap(text, chunks);
                        checkClusters(text, chunks);
                    }
                })
                .as(name)
                .doesNotThrowAnyException();
    }

    private void checkEach(String text, List<Chunk> chunks) {
        for (Chunk chunk : chunks) {
            String content = chunk.content();
            assertThat(squeeze(content)).as("blank chunk at %s", chunk.span()).isNotEmpty();
            if (verbatim()) {
                assertThat(content).isEqualTo(chunk.span().of(text));
            }
            boolean onePoint = content.codePointCount(0, content.length()) == 1;
            if (!onePoint) {
                assertThat(length(content) + length(chunk.context()))
                        .as("length of the chunk at %s", chunk.span())
                        .isLessThanOrEqualTo(max());
            }
            Span parent = chunk.parent();
            if (parent != null) {
                assertThat(parent.start()).isLessThanOrEqualTo(chunk.span().start());
                assertThat(parent.end()).isGreaterThanOrEqualTo(chunk.span().end());
            }
            assertThat(splitsPair(text, chunk.span().start()))
                    .as("start splits a pair")
                    .isFalse();
            assertThat(splitsPair(text, chunk.span().end()))
                    .as("end splits a pair")
                    .isFalse();
        }
    }

    private void checkOrder(String text, List<Chunk> chunks) {
        Span before = new Span(0, 0);
        for (Chunk chunk : chunks) {
            Span span = chunk.span();
            assertThat(span.end()).isGreaterThan(before.end()).isLessThanOrEqualTo(text.length());
            if (before.end() > 0) {
                assertThat(span.start()).isGreaterThan(before.start());
            }
            before = span;
        }
    }

    private void checkNumbers(List<Chunk> chunks) {
        for (int i = 0; i < chunks.size(); i++) {
            Metadata metadata = chunks.get(i).metadata();
            assertThat(metadata.get(Chunk.ORDINAL)).isEqualTo((long) i);
            assertThat(metadata.get(Chunk.COUNT)).isEqualTo((long) chunks.size());
        }
    }

    private void checkCoverage(String text, List<Chunk> chunks) {
        if (verbatim()) {
            int covered = 0;
            for (Chunk chunk : chunks) {
                Span span = chunk.span();
                String gap = text.substring(covered, Math.max(covered, span.start()));
                assertThat(squeeze(gap)).as("text before %s", span).isEmpty();
                covered = span.end();
            }
            assertThat(squeeze(text.substring(covered)))
                    .as("text behind the last chunk")
                    .isEmpty();
        } else {
            checkVisible(squeeze(visible(text)), chunks);
        }
    }

    /**
     * Each chunk continues the visible text where the one before ended, or repeats some of that one; where the text
     * repeats itself, it repeats as little as possible.
     */
    private void checkVisible(String visible, List<Chunk> chunks) {
        int covered = 0;
        for (Chunk chunk : chunks) {
            String content = squeeze(chunk.content());
            int at = covered;
            while (at >= 0 && !visible.startsWith(content, at) && overlap() > 0) {
                at--;
            }
            assertThat(at >= 0 && visible.startsWith(content, at))
                    .as("chunk at %s continues what is visible", chunk.span())
                    .isTrue();
            covered = Math.max(covered, at + content.length());
        }
        assertThat(covered).as("all is covered").isEqualTo(visible.length());
    }

    private void checkOverlap(String text, List<Chunk> chunks) {
        for (int i = 1; i < chunks.size(); i++) {
            int start = chunks.get(i).span().start();
            int end = chunks.get(i - 1).span().end();
            if (start < end) {
                assertThat(length(text.substring(start, end))).isLessThanOrEqualTo(overlap());
            }
        }
    }

    /** A cluster may be cut only if it is longer than the maximum itself. */
    private void checkClusters(String text, List<Chunk> chunks) {
        BitSet cuts = new BitSet(text.length() + 1);
        for (Chunk chunk : chunks) {
            cuts.set(chunk.span().start());
            cuts.set(chunk.span().end());
        }
        Matcher clusters = CLUSTER.matcher(text);
        while (clusters.find()) {
            int cut = cuts.nextSetBit(clusters.start() + 1);
            if (cut >= 0 && cut < clusters.end()) {
                assertThat(length(clusters.group()))
                        .as("cluster cut at %d", cut)
                        .isGreaterThan(max());
            }
        }
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    private static String squeeze(String text) {
        StringBuilder squeezed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != '\uFEFF') {
                squeezed.append(c);
            }
        }
        return squeezed.toString();
    }
}

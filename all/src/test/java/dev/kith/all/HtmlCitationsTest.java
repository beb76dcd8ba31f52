package dev.kith.all;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.chunking.ChunkSize;
import dev.kith.chunking.HtmlChunker;
import dev.kith.retrieval.Analysis;
import dev.kith.retrieval.Citation;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.Query;
import dev.kith.retrieval.context.CitationReport;
import dev.kith.retrieval.context.CitationVerifier;
import dev.kith.retrieval.context.Context;
import dev.kith.retrieval.context.ContextAssembler;
import dev.kith.retrieval.context.Excerpt;
import dev.kith.retrieval.context.SentenceCompressor;
import dev.kith.text.Document;
import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From web pages to citations: what is cited stands in the source, and what is read is visible text. */
class HtmlCitationsTest {
    private static final Pattern MARKUP = Pattern.compile(
            "</?(?:p|b|a|i|h[1-6]|li|ul|t[dhr]|table|pre|nav|script)[ />]|&[a-z#]+;");
    private static final int PLENTY = 10_000;

    private static final List<Document> PAGES =
            List.of(page("keys.html", """
            <!doctype html><html><head><title>Keys</title><style>p { color: red }</style></head>
            <body><nav><a href="/?a=1&amp;b=2" title="a > b">Home</a></nav>
            <h1>Keys &amp; locks</h1>
            <p>Every key is <b>rotated</b> once a&nbsp;month. The <a href="/team">vault team</a> does it.</p>
            <p>Nobody else may rotate a key. Leaked keys are revoked at&nbsp;once, &quot;within the hour&quot;.</p>
            <!-- Keys are never rotated. -->
            <h2>Exceptions</h2>
            <ul><li>Test keys are rotated yearly.</li><li>Keys of <i>d&eacute;mos</i> never are.</li></ul>
            <script>var keys = "rotated";</script>
            <table><tr><th>Key</th><th>Owner</th></tr><tr><td>alpha</td><td>Ann</td></tr>
            <tr><td>beta</td><td>Bob &lt;bob@example.org&gt;</td></tr></table>
            <p>Whoever finds a key that was not rotated tells the vault team.</p></body></html>
            """), page("logs.html", """
            <h1>Logs</h1><p>Logs are kept for a year.</p><p>Then they are deleted.</p>
            <pre>rotate  daily
            keep    365</pre><p>Log files are rotated daily.</p>
            """));

    private Corpus corpus;

    private static Document page(String id, String html) {
        return new Document(
                id, html, Format.HTML, Metadata.empty().with("source", "https://kith.dev/" + id));
    }

    @BeforeEach
    void corpus() throws Exception {
        HtmlChunker chunker = new HtmlChunker(ChunkSize.characters(90, 30));
        corpus = Corpus.inMemory(CorpusConfig.of(new OneVector(), chunker));
        corpus.ingest(PAGES);
    }

    @AfterEach
    void close() throws Exception {
        corpus.close();
    }

    static Stream<UnaryOperator<Query>> widenings() {
        return Stream.of(
                query -> query,
                query -> query.neighbours(1),
                query -> query.parent(),
                query -> query.wholeDocument(PLENTY),
                query -> query.wholeDocument(250));
    }

    private static Query question() {
        return Query.of("how often are keys rotated, and by whom?").mode(Query.Mode.SPARSE);
    }

    @ParameterizedTest
    @MethodSource("widenings")
    void whatIsReadIsVisibleAndWhatIsCitedStandsInTheSource(UnaryOperator<Query> widened)
            throws Exception {
        List<Hit> hits = corpus.search(widened.apply(question())).hits();
        assertThat(hits).isNotEmpty().allSatisfy(hit -> assertVisible(hit.content()));
        for (double share : new double[] {0.2, 0.5, 1}) {
            List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, share)
                    .compress(question().text(), hits);
            assertExact(ContextAssembler.of(new Words(), PLENTY).assembleExcerpts(kept));
        }
        Context context = ContextAssembler.of(new Words(), PLENTY).assemble(hits);
        assertExact(context);
        assertThat(context.text()).contains("Every key is rotated once a");
    }

    private void assertExact(Context context) throws Exception {
        assertVisible(context.text());
        assertThat(context.citations()).isNotEmpty();
        for (Citation citation : context.citations()) {
            Document document = corpus.document(citation.documentId());
            assertThat(document).isNotNull();
            assertThat(document.text().substring(citation.start(), citation.end()))
                    .isEqualTo(citation.quote());
        }
        context.passages()
                .forEach(passage -> passage.quotes()
                        .forEach(quote -> assertThat(words(quote.content()))
                                .as(quote.text())
                                .isEqualTo(words(visible(quote.text())))));
    }

    private static void assertVisible(String text) {
        assertThat(MARKUP.matcher(text).results().map(MatchResult::group))
                .as(text)
                .isEmpty();
        assertThat(text).doesNotContain("var keys").doesNotContain("never rotated");
    }

    /** What a reader sees of these pages' markup, told without their chunker. */
    private static String visible(String html) {
        return html.replaceAll("(?s)<!--.*?-->|<(script|head)>.*?</\\1>", " ")
                .replaceAll("</?[!a-z][^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>", " ")
                .replace("&nbsp;", " ")
                .replace("&eacute;", "\u00E9")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static List<String> words(String text) {
        return Pattern.compile("[\\p{L}\\p{N}]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void compressionKeepsTheSentencesAloneNotTheirChunks() throws Exception {
        List<Hit> hits = corpus.search(question().topK(4)).hits();
        List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, 0.1)
                .compress("is every key rotated once a month?", hits);
        Context context = ContextAssembler.of(new Words(), PLENTY).assembleExcerpts(kept);
        assertThat(context.citations())
                .extracting(Citation::quote)
                .containsExactly("Every key is <b>rotated</b> once a&nbsp;month.");
    }

    @Test
    void anAnswersCitationsAndQuotationsAreFound() throws Exception {
        List<Hit> hits = corpus.search(question().neighbours(1)).hits();
        Context context = ContextAssembler.of(new Words(), PLENTY).assemble(hits);
        int number = context.passages().stream()
                .filter(passage -> passage.content().contains("within the hour"))
                .findFirst()
                .orElseThrow()
                .number();
        CitationReport report = new CitationVerifier(Analysis.ENGLISH)
                .verify(
                        "Leaked keys are revoked at once, \u201Cwithin the hour\u201D [" + number
                                + "]. It says \u201Cwithin the year\u201D [" + number
                                + "]. Nobody knows [99].",
                        context);
        assertThat(report.misquoted())
                .extracting(CitationReport.Quotation::text)
                .containsExactly("within the year");
        assertThat(report.unknown())
                .extracting(CitationReport.Reference::label)
                .containsExactly("[99]");
        assertThat(report.sentences().getFirst().support()).isEqualTo(1);
    }

    /** A token is a word or another character that is not white space. */
    private static final class Words implements Tokenizer {
        private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+|\\S");

        @Override
        public Tokens tokenize(CharSequence text) {
            List<MatchResult> found = TOKEN.matcher(text).results().toList();
            return new Tokens(
                    new int[found.size()],
                    found.stream().mapToInt(MatchResult::start).toArray(),
                    found.stream().mapToInt(MatchResult::end).toArray());
        }

        @Override
        public String identity() {
            return "words";
        }
    }

    /** Gives all texts the same vector: only words are searched here. */
    private static final class OneVector implements Embedder {
        @Override
        public List<Embedding> embed(List<String> texts, Role role) {
            return texts.stream()
                    .map(text -> new Embedding(new float[] {1, 0}, 1, 0))
                    .toList();
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int maxTokens() {
            return PLENTY;
        }

        @Override
        public Tokenizer tokenizer() {
            return new Words();
        }

        @Override
        public String identity() {
            return "one";
        }

        @Override
        public void close() {}
    }
}

package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HtmlChunkerTest {
    private static List<Chunk> cut(String html, int max) {
        return new HtmlChunker(ChunkSize.characters(max, 0))
                .chunk(new Document("id", html, Format.HTML, Metadata.empty()));
    }

    private static List<String> sources(String html, int max) {
        return cut(html, max).stream().map(chunk -> chunk.span().of(html)).toList();
    }

    @Test
    void showsWhatAReaderSeesAndPointsIntoTheSource() {
        String html = "<p>Fish &amp;\n  <b>chips</b>&#33;</p><script>no()</script><p>More</p>";
        assertThat(cut(html, 15))
                .extracting(Chunk::content)
                .containsExactly("Fish & chips!", "More");
        assertThat(sources(html, 15)).containsExactly("Fish &amp;\n  <b>chips</b>&#33;", "More");
        assertThat(cut(html, 100))
                .extracting(Chunk::content)
                .containsExactly("Fish & chips!\n\nMore");
    }

    @Test
    void keepsTheOrderOfLineBreaksAndSpacesInPreformattedText() {
        assertThat(cut("<pre>if<br>  then &lt;<br/>\n  else</pre>", 100))
                .extracting(Chunk::content)
                .containsExactly("if\n  then <\n\n  else");
    }

    @Test
    void neverCutsAReference() {
        assertThat(sources("&lt;&#x1F600;&notin;&notit;&NotEqualTilde;&bogus;", 2))
                .containsExactly(
                        "&lt;",
                        "&#x1F600;",
                        "&notin;&not",
                        "it",
                        ";",
                        "&NotEqualTilde;",
                        "&b",
                        "og",
                        "us",
                        ";");
    }

    @Test
    void keepsTogetherWhatOneReferenceStandsFor() {
        String html = "a&fjlig;b&fjlig; c&bne;&#x1F600;";
        assertThat(sources(html, 1))
                .containsExactly("a", "&fjlig;", "b", "&fjlig;", "c", "&bne;", "&#x1F600;");
        assertThat(cut(html, 1))
                .extracting(Chunk::content)
                .containsExactly("a", "fj", "b", "fj", "c", "=\u20E5", "\uD83D\uDE00");
        assertThat(cut(html, 5))
                .extracting(Chunk::content)
                .containsExactly("afjb", "fj", "c=\u20E5\uD83D\uDE00");
        List<Chunk> overlapping = new HtmlChunker(ChunkSize.characters(4, 3))
                .chunk(new Document("id", html, Format.HTML, Metadata.empty()));
        assertThat(overlapping)
                .extracting(chunk -> chunk.span().start())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void knowsTheHeadingsAboveAChunk() {
        String html =
                "<title>t</title><h1>A &amp; B</h1><p>x<div><h2>C<br>D</h2>y</div><h1>E</h1>z";
        assertThat(cut(html, 100))
                .extracting(Chunk::headings)
                .containsExactly(List.of("A & B"), List.of("A & B", "C D"), List.of("E"));
    }

    @Test
    void knowsTheTitleOfTheDocument() {
        assertThat(cut("<title>Fish &amp; chips</title><h1>A</h1>x", 9)
                        .getFirst()
                        .metadata())
                .satisfies(metadata ->
                        assertThat(metadata.get(Chunk.TITLE)).isEqualTo("Fish & chips"));
        assertThat(cut("<h1>A</h1>x", 9).getFirst().metadata().get(Chunk.TITLE)).isEqualTo("A");
    }

    @Test
    void keepsPreformattedTextAsItIs() {
        String code = "if (x) {\n    y();\n\n}";
        assertThat(cut("<p>a</p><pre>\n" + code + "\n</pre>", 22))
                .extracting(Chunk::content)
                .containsExactly("a", code);
    }

    @Test
    void keepsItemsAndRowsWholeAndRepeatsColumnTitles() {
        assertThat(cut("<ul><li>one <b>item</b><li><p>two</p><p>parts</p></ul>", 12))
                .extracting(Chunk::content)
                .containsExactly("one item", "two\nparts");
        List<Chunk> rows = cut(
                "<table><tr><th>k</th><th>v</th></tr><tr><td>a<td>1<tr><td>b<td>2<tr><td>c<td>3</table>",
                9);
        assertThat(rows).extracting(Chunk::content).containsExactly("k\tv\na\t1", "b\t2", "c\t3");
        assertThat(rows).extracting(Chunk::context).containsExactly("", "k\tv", "k\tv");
    }

    @Test
    void ordersMisplacedTextAsTheSourceDoes() {
        String html = "<table><tr><td>first</td></tr>second<tr><td>third</td></tr></table>";
        assertThat(cut(html, 6))
                .extracting(Chunk::content)
                .containsExactly("first", "second", "third");
    }

    @Test
    void separatesWhatBreaksSeparate() {
        assertThat(cut("a<br>b<br><br>c<hr>d<div></div>e<!-- x -->f&nbsp;g<p>&nbsp;</p>", 100))
                .extracting(Chunk::content)
                .containsExactly("a\nb\n\nc\n\nd\n\nef\u00A0g");
    }

    @Test
    void survivesNulsAndBrokenReferences() {
        assertThat(cut("a\0b<textarea>c\0d</textarea>&#xD800;&#0;e", 100)
                        .getFirst()
                        .content())
                .startsWith("abc\uFFFDd")
                .endsWith("e");
    }
}

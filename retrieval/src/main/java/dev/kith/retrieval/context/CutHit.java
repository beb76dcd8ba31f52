package dev.kith.retrieval.context;

import dev.kith.retrieval.Hit;
import dev.kith.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hit, cut into the sentences of its content.
 *
 * @param visible where the content stands in the source, if it is another text than the source and that can be told
 * @param sentences ranges of the content; all of it is one if it cannot be told where parts of it stand
 */
record CutHit(Hit hit, @Nullable VisibleText visible, List<Span> sentences) {
    static CutHit of(Hit hit) {
        String content = hit.content();
        if (content.isBlank() || content.equals(hit.text())) {
            return new CutHit(hit, null, Sentences.of(content));
        }
        VisibleText visible = VisibleText.of(hit.text(), content);
        List<Span> whole = List.of(new Span(0, content.length()));
        return new CutHit(hit, visible, visible == null ? whole : Sentences.ofVisible(content));
    }

    /** A part of the content that begins and ends with a sentence. */
    Quote quote(Span range) {
        if (range.length() == hit.content().length()) {
            return Quote.of(hit);
        }
        Span source = visible == null ? range : visible.source(range);
        int offset = hit.span().start();
        return new Quote(
                new Span(offset + source.start(), offset + source.end()),
                source.of(hit.text()),
                range.of(hit.content()));
    }
}

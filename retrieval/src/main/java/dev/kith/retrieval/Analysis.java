package dev.kith.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** How text becomes the terms that BM25 matches. Fixed for a corpus when it is created. */
public enum Analysis {
    /** Words in lower case without possessives and English stop words, reduced by the Porter stemmer. */
    ENGLISH,
    /** Words in lower case, as Unicode text segmentation (UAX 29) finds them: for any language with spaces. */
    WORDS;

    Analyzer analyzer() {
        return switch (this) {
            case ENGLISH -> new EnglishAnalyzer();
            case WORDS -> new StandardAnalyzer();
        };
    }

    /** The terms of a text in order, repeated ones repeated. */
    public List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        try (Analyzer analyzer = analyzer();
                TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string can be read
        }
        return terms;
    }
}

package dev.kith.retrieval;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;

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
}

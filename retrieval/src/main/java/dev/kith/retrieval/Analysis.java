package dev.kith.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * How text becomes the terms that BM25 matches. Fixed for a corpus when it is created. Each language puts words in lower case,
 * leaves out its stop words and reduces words to their stems.
 */
public enum Analysis {
    /** Words in lower case, as Unicode text segmentation (UAX 29) finds them: for mixed and other languages with spaces. */
    WORDS,
    /** With possessives removed and the Porter stemmer. */
    ENGLISH,
    /** Arabic. */
    ARABIC,
    /** Chinese, Japanese and Korean as pairs of neighbouring characters; other words as they are. */
    CJK,
    /** Czech. */
    CZECH,
    /** Danish. */
    DANISH,
    /** Dutch. */
    DUTCH,
    /** Finnish. */
    FINNISH,
    /** French, elisions removed. */
    FRENCH,
    /** German. */
    GERMAN,
    /** Greek. */
    GREEK,
    /** Hindi. */
    HINDI,
    /** Hungarian. */
    HUNGARIAN,
    /** Italian, elisions removed. */
    ITALIAN,
    /** Norwegian. */
    NORWEGIAN,
    /** Portuguese. */
    PORTUGUESE,
    /** Romanian. */
    ROMANIAN,
    /** Russian. */
    RUSSIAN,
    /** Spanish. */
    SPANISH,
    /** Swedish. */
    SWEDISH,
    /** Turkish. */
    TURKISH;

    Analyzer analyzer() {
        return switch (this) {
            case WORDS -> new StandardAnalyzer();
            case ENGLISH -> new EnglishAnalyzer();
            case ARABIC -> new ArabicAnalyzer();
            case CJK -> new CJKAnalyzer();
            case CZECH -> new CzechAnalyzer();
            case DANISH -> new DanishAnalyzer();
            case DUTCH -> new DutchAnalyzer();
            case FINNISH -> new FinnishAnalyzer();
            case FRENCH -> new FrenchAnalyzer();
            case GERMAN -> new GermanAnalyzer();
            case GREEK -> new GreekAnalyzer();
            case HINDI -> new HindiAnalyzer();
            case HUNGARIAN -> new HungarianAnalyzer();
            case ITALIAN -> new ItalianAnalyzer();
            case NORWEGIAN -> new NorwegianAnalyzer();
            case PORTUGUESE -> new PortugueseAnalyzer();
            case ROMANIAN -> new RomanianAnalyzer();
            case RUSSIAN -> new RussianAnalyzer();
            case SPANISH -> new SpanishAnalyzer();
            case SWEDISH -> new SwedishAnalyzer();
            case TURKISH -> new TurkishAnalyzer();
        };
    }

    /** The terms of a text in order, repeated ones repeated. */
    public List<String> terms(String text) {
        try (Analyzer analyzer = analyzer()) {
            return terms(text, analyzer);
        }
    }

    /** The same by an analyzer that is there. */
    static List<String> terms(String text, Analyzer analyzer) {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
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

package dev.kith.retrieval;

import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.hnsw.HnswSpec;
import dev.kith.retrieval.fusion.Fusion;
import dev.kith.text.Chunker;
import dev.kith.text.Embedder;
import dev.kith.text.Reranker;

import org.jspecify.annotations.Nullable;

/**
 * The means of a corpus. The caller keeps owning them: closing the corpus closes none.
 *
 * @param embedder makes the vectors; its identity and dimension are fixed for a corpus when it is created
 * @param chunker cuts documents; with another one, the next ingest cuts them again
 * @param reranker for queries that ask for it, or null
 * @param index what vectors are kept in; its metric is fixed when the corpus is created. Small segments are searched exactly
 * @param analysis how text becomes terms, fixed when the corpus is created
 * @param context what is put before a passage where it is embedded and searched; with another one, the next ingest embeds
 *     again what comes with it
 * @param bm25 how the sparse half scores
 * @param fusion for queries that name none
 * @param threads how many threads chunk and call the embedder in an ingest, at least 1
 * @param summaries where documents' summaries come from, or null: they have none. With others, the next ingest writes the
 *     documents again
 */
public record CorpusConfig(
        Embedder embedder,
        Chunker chunker,
        @Nullable Reranker reranker,
        IndexSpec index,
        Analysis analysis,
        ChunkContext context,
        Bm25 bm25,
        Fusion fusion,
        int threads,
        @Nullable Summaries summaries) {
    /** The weight of the dense half by default: the best mean over two models on the training queries of one collection. */
    public static final double DEFAULT_ALPHA = 0.55;

    /**
     * @throws IllegalArgumentException if threads is below 1, or the index of a family that is not present or not {@linkplain
     *     IndexFamily#reproducible reproducible}: an index is built for each segment, and segments must be alike
     */
    public CorpusConfig {
        if (!IndexFamily.named(index.family()).reproducible()) {
            throw new IllegalArgumentException(
                    "a corpus needs an index that is the same each time, which this one is not: "
                            + index.text());
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be positive: " + threads);
        }
    }

    /** HNSW under cosine, English, title and headings before passages, min-max fusion, no reranker, all processors. */
    public static CorpusConfig of(Embedder embedder, Chunker chunker) {
        return new CorpusConfig(
                embedder,
                chunker,
                null,
                HnswSpec.of(Metric.COSINE),
                Analysis.ENGLISH,
                ChunkContext.TITLE_AND_HEADINGS,
                Bm25.DEFAULT,
                Fusion.minMax(DEFAULT_ALPHA),
                Runtime.getRuntime().availableProcessors(),
                null);
    }

    /** The same with another chunker. */
    public CorpusConfig withChunker(Chunker chunker) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with another embedder. */
    public CorpusConfig withEmbedder(Embedder embedder) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with a reranker, or without one. */
    public CorpusConfig withReranker(@Nullable Reranker reranker) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with another index. */
    public CorpusConfig withIndex(IndexSpec index) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with another analysis. */
    public CorpusConfig withAnalysis(Analysis analysis) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with another context before passages. */
    public CorpusConfig withContext(ChunkContext context) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with other parameters of BM25. */
    public CorpusConfig withBm25(Bm25 bm25) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with another fusion. */
    public CorpusConfig withFusion(Fusion fusion) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with another number of threads. */
    public CorpusConfig withThreads(int threads) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }

    /** The same with summaries of documents, or without. */
    public CorpusConfig withSummaries(@Nullable Summaries summaries) {
        return new CorpusConfig(
                embedder, chunker, reranker, index, analysis, context, bm25, fusion, threads,
                summaries);
    }
}

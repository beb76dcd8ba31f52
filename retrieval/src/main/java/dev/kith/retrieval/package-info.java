/**
 * A durable corpus of documents: ingest, filters, hybrid search, fusion, reranking, citations and
 * evaluation.
 *
 * <p>It calls no language model: it ends where a prompt begins.
 */
@NullMarked
package dev.kith.retrieval;

import org.jspecify.annotations.NullMarked;

/**
 * From hits to an answer that can be checked: {@link dev.kith.retrieval.context.SentenceCompressor} keeps the sentences that
 * matter, {@link dev.kith.retrieval.context.ContextAssembler} lays passages out under a token budget with numbered citations,
 * {@link dev.kith.retrieval.context.CitationVerifier} checks what an answer says it has from where. Spans stay exact all the
 * way. Not for calling a language model: that is the application's. Read {@link dev.kith.retrieval.context.Context} first.
 */
@NullMarked
package dev.kith.retrieval.context;

import org.jspecify.annotations.NullMarked;

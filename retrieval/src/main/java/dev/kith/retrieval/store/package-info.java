/**
 * How a corpus lies in a Lucene index: documents and chunks as blocks, the schema and identities in the commit, filters as
 * queries. Internal. Read {@link dev.kith.retrieval.store.Layout} first.
 */
@NullMarked
package dev.kith.retrieval.store;

import org.jspecify.annotations.NullMarked;

package dev.kith.hnsw;

import dev.kith.spi.Encoding;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;

/** Rows, and what their bytes mean. */
record EncodedRows(Encoding encoding, Records records) {
    int size() {
        return records.count();
    }

    Scorer scorer() {
        return encoding.scorer(records);
    }
}

package dev.kith.hnsw.graph;

import dev.kith.spi.HeapRecords;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Finds rows with equal bytes. Only the first of a kind is inserted into the graph. The others hang below it in a tree
 * of their own, so that a thousand copies of one row cost a thousand rows and not the neighbourhood of that row.
 */
public final class Duplicates {
    private final HeapRecords rows;
    private final int[] first;
    private int distinct;

    private Duplicates(HeapRecords rows) {
        this.rows = rows;
        first = new int[rows.count()];
    }

    public static Duplicates of(HeapRecords rows) {
        Duplicates duplicates = new Duplicates(rows);
        long[] hashes = new long[rows.count()];
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = ((long) duplicates.hash(row) << 32) | row;
        }
        Arrays.sort(hashes);
        for (int from = 0, to; from < hashes.length; from = to) {
            to = from + 1;
            while (to < hashes.length && hashes[to] >> 32 == hashes[from] >> 32) {
                to++;
            }
            duplicates.group(hashes, from, to);
        }
        return duplicates;
    }

    /** How many rows are the first of their kind. */
    public int distinct() {
        return distinct;
    }

    /** The first row of the same kind: the row itself, if it is the first. */
    public int first(int row) {
        return first[row];
    }

    /** Sorts rows of one hash, ascending, into kinds; more than one kind is a collision. */
    private void group(long[] hashes, int from, int to) {
        int[] kinds = new int[1];
        int count = 0;
        for (int i = from; i < to; i++) {
            int row = (int) hashes[i];
            int kind = 0;
            while (kind < count && !equal(kinds[kind], row)) {
                kind++;
            }
            if (kind == count) {
                if (count == kinds.length) {
                    kinds = Arrays.copyOf(kinds, 2 * count);
                }
                kinds[count++] = row;
            }
            first[row] = kinds[kind];
        }
        distinct += count;
    }

    private int hash(int row) {
        CRC32C hash = new CRC32C();
        hash.update(rows.page(row), rows.offset(row), rows.stride());
        return (int) hash.getValue();
    }

    private boolean equal(int a, int b) {
        int atA = rows.offset(a);
        int atB = rows.offset(b);
        int stride = rows.stride();
        return Arrays.equals(rows.page(a), atA, atA + stride, rows.page(b), atB, atB + stride);
    }

    /** Hangs the rows that are not first below those that are. Their own links lead on in the tree and back. */
    public void attach(OpenLayer layer) {
        int[] copies = copiesByKind();
        for (int from = 0, to; from < copies.length; from = to) {
            int head = first[copies[from]];
            to = from + 1;
            while (to < copies.length && first[copies[to]] == head) {
                to++;
            }
            attach(layer, head, copies, from, to);
        }
    }

    private int[] copiesByKind() {
        long[] copies = new long[first.length - distinct];
        int count = 0;
        for (int row = 0; row < first.length; row++) {
            if (first[row] != row) {
                copies[count++] = ((long) first[row] << 32) | row;
            }
        }
        Arrays.sort(copies);
        int[] rowsOfKinds = new int[count];
        for (int i = 0; i < count; i++) {
            rowsOfKinds[i] = (int) copies[i];
        }
        return rowsOfKinds;
    }

    /** Makes copy i the parent of copies {@code i * width + 1} to {@code i * width + width}, in the order of a heap. */
    private static void attach(OpenLayer layer, int head, int[] copies, int from, int to) {
        layer.link(head, copies[from], layer.degree() - 1);
        int width = layer.degree() - 1;
        for (int i = 0; i < to - from; i++) {
            int copy = copies[from + i];
            layer.append(copy, Keys.of(0, head));
            long child = (long) i * width + 1;
            for (int j = 0; j < width && child + j < to - from; j++) {
                layer.append(copy, Keys.of(0, copies[from + (int) child + j]));
            }
        }
    }
}

package dev.kith.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.RowMask;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.Test;

class RowDocsTest {
    private static final int MAX_DOC = 500;

    @Test
    void readsBackWhatItWrote() throws IOException {
        for (int[] docs : samples(new Random(1))) {
            RowDocs read = RowDocs.read(input(write(docs)), MAX_DOC);
            assertThat(IntStream.range(0, read.size()).map(read::doc)).containsExactly(boxed(docs));
            assertThat(read.dense()).isEqualTo(docs.length == MAX_DOC);
        }
    }

    @Test
    void refusesDamagedDocumentsAndNeverReadsOutOfRange() throws IOException {
        Random random = new Random(2);
        for (int[] docs : samples(random)) {
            byte[] bytes = write(docs);
            for (int round = 0; round < 200; round++) {
                byte[] damaged = bytes.clone();
                damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                try {
                    RowDocs read = RowDocs.read(input(damaged), MAX_DOC);
                    int[] found = IntStream.range(0, read.size()).map(read::doc).toArray();
                    assertThat(found).as("seed 2, round %d", round).isSorted();
                    assertThat(Arrays.stream(found).allMatch(doc -> doc >= 0 && doc < MAX_DOC))
                            .isTrue();
                } catch (CorruptIndexException | IndexOutOfBoundsException e) {
                    assertThat(e).as("found out, or at the end of the input").isNotNull();
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("VInt");
                }
            }
        }
        assertThatThrownBy(() -> RowDocs.read(input(write(new int[] {3, 9})), 9))
                .isInstanceOf(CorruptIndexException.class)
                .hasMessageContaining("there are 9");
    }

    @Test
    void iteratesAndAdvancesLikeAPlainList() throws IOException {
        Random random = new Random(3);
        for (int[] docs : samples(random)) {
            DocIndexIterator iterator = RowDocs.of(docs, MAX_DOC).sparseIterator();
            int row = -1;
            while (iterator.docID() != DocIdSetIterator.NO_MORE_DOCS) {
                if (random.nextBoolean()) {
                    row++;
                    iterator.nextDoc();
                } else {
                    int target = iterator.docID() + 1 + random.nextInt(30);
                    iterator.advance(target);
                    do {
                        row++;
                    } while (row < docs.length && docs[row] < target);
                }
                assertThat(iterator.docID())
                        .as("seed 3")
                        .isEqualTo(row < docs.length ? docs[row] : DocIdSetIterator.NO_MORE_DOCS);
                if (row < docs.length) {
                    assertThat(iterator.index()).isEqualTo(row);
                }
            }
        }
    }

    @Test
    void allowsTheRowsOfAcceptedDocumentsHoweverTheyAreGiven() throws IOException {
        Random random = new Random(4);
        for (int[] docs : samples(random)) {
            RowDocs rows = RowDocs.of(docs, MAX_DOC);
            for (double share : new double[] {0, .01, .1, .5, .99, 1}) {
                FixedBitSet bits = new FixedBitSet(MAX_DOC);
                IntStream.range(0, MAX_DOC)
                        .filter(doc -> random.nextDouble() < share)
                        .forEach(bits::set);
                check(rows, bits, AcceptDocs.fromLiveDocs(bits, MAX_DOC));
                check(rows, bits, AcceptDocs.fromLiveDocs(bits.asReadOnlyBits(), MAX_DOC));
                check(rows, bits, filter(bits, null));
                check(rows, bits, filter(bits, new Bits.MatchAllBits(MAX_DOC)));
            }
        }
    }

    @Test
    void allowsEveryRowWithoutAFilter() throws IOException {
        RowDocs rows = RowDocs.of(new int[] {1, 5}, MAX_DOC);
        assertThat(rows.allowed(null)).isNull();
        assertThat(rows.allowed(AcceptDocs.fromLiveDocs(null, MAX_DOC))).isNull();
    }

    private static AcceptDocs filter(FixedBitSet bits, Bits live) {
        return AcceptDocs.fromIteratorSupplier(
                () -> new BitSetIterator(bits, bits.cardinality()), live, MAX_DOC);
    }

    private static void check(RowDocs rows, FixedBitSet bits, AcceptDocs accepted)
            throws IOException {
        RowMask mask = rows.allowed(accepted);
        assertThat(mask).isNotNull();
        assertThat(mask.size()).isEqualTo(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            assertThat(mask.allows(row))
                    .as("seed 4, row %d", row)
                    .isEqualTo(bits.get(rows.doc(row)));
        }
    }

    /** Documents with a vector: none, one, the last, few, many and all. */
    private static int[][] samples(Random random) {
        return new int[][] {
            {},
            {0},
            {MAX_DOC - 1},
            IntStream.range(0, MAX_DOC).filter(doc -> random.nextInt(40) == 0).toArray(),
            IntStream.range(0, MAX_DOC).filter(doc -> random.nextInt(10) != 0).toArray(),
            IntStream.range(0, MAX_DOC).toArray(),
        };
    }

    private static Integer[] boxed(int[] docs) {
        return Arrays.stream(docs).boxed().toArray(Integer[]::new);
    }

    private static byte[] write(int[] docs) throws IOException {
        ByteBuffersDataOutput out = new ByteBuffersDataOutput();
        RowDocs.of(docs, MAX_DOC).write(out);
        return out.toArrayCopy();
    }

    private static ByteArrayDataInput input(byte[] bytes) {
        return new ByteArrayDataInput(bytes);
    }
}

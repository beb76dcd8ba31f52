package dev.kith.jmh;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorFiles;
import dev.kith.VectorIndex;
import dev.kith.Vectors;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Tells how true an index is to a recall that it is asked for, on queries that it has never seen.
 *
 * <pre>
 * java -Xmx6g --add-modules jdk.incubator.vector -cp 'jmh/target/kith-jmh.jar:jmh/target/lib/*' \
 *   dev.kith.jmh.RecallTarget 'qg?metric=cosine' base.fvecs query.fvecs groundtruth.ivecs [query truth]...
 * </pre>
 */
public final class RecallTarget {
    private static final double[] TARGETS = {0.9, 0.95, 0.99};
    private static final int[] KS = {1, 10, 100};

    private RecallTarget() {}

    /** Runs it: a spec, the rows, then pairs of queries and truth. */
    public static void main(String[] args) throws Exception {
        Vectors rows = VectorFiles.open(Path.of(args[1]));
        try (VectorIndex index =
                VectorIndex.build(rows, IndexSpec.parse(args[0]), BuildContext.defaults())) {
            for (int i = 2; i + 1 < args.length; i += 2) {
                Path file = Path.of(args[i]);
                report(index, VectorFiles.open(file), VectorFiles.ints(Path.of(args[i + 1])), file);
            }
        }
    }

    private static void report(VectorIndex index, Vectors queries, int[][] truth, Path file) {
        for (int k : KS) {
            for (double target : TARGETS) {
                double recall = 0;
                double hops = 0;
                for (int i = 0; i < queries.size(); i++) {
                    SearchResult found =
                            index.search(SearchRequest.of(queries.row(i), k).withRecall(target));
                    recall += share(found.rows(), Arrays.copyOf(truth[i], k));
                    hops += found.cost().hops();
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s, %d queries, k %d: asked for %.2f, found %.4f with %.1f hops%n",
                        file.getFileName(),
                        queries.size(),
                        k,
                        target,
                        recall / queries.size(),
                        hops / queries.size());
            }
        }
    }

    private static double share(int[] found, int[] wanted) {
        Arrays.sort(wanted);
        long hits = Arrays.stream(found)
                .filter(row -> Arrays.binarySearch(wanted, row) >= 0)
                .count();
        return (double) hits / wanted.length;
    }
}

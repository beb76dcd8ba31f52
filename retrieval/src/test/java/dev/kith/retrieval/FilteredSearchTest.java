package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.retrieval.filter.Filter;
import dev.kith.retrieval.filter.FilterModel;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters in a corpus agree with {@link FilterModel} on random documents. */
final class FilteredSearchTest {
    private static final List<String> STRINGS =
            List.of("a", "b", "", "vault", "\u00e9", "\uffee", "\ud83d\ude00");
    private static final long[] LONGS = {
        0, 1, -1, 2024, 7, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1
    };
    private static final double[] DOUBLES = {
        0.0, -0.0, 0.5, 2024, -1e300, Double.MAX_VALUE, Double.MIN_VALUE, 1 << 20
    };

    private final CorpusConfig config = CorpusConfig.of(new HashingEmbedder(), new LineChunker());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyFilterFindsWhatTheModelFinds(long seed) throws Exception {
        Random random = new Random(seed);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            documents.add(new Document(
                    "d" + i, "same words\nsame words", Format.PLAIN, metadata(random)));
        }
        documents.add(new Document("all", "same words", Format.PLAIN, everyField()));
        try (Corpus corpus = Corpus.inMemory(config)) {
            for (List<Document> part :
                    List.of(documents.subList(0, 30), documents.subList(30, 61))) {
                corpus.ingest(part); // two segments
            }
            for (int i = 0; i < 80; i++) {
                Filter filter = filter(random, 3);
                Set<String> expected = documents.stream()
                        .filter(d -> FilterModel.test(filter, d.metadata()))
                        .map(Document::id)
                        .collect(Collectors.toCollection(TreeSet::new));
                for (Query.Mode mode : Query.Mode.values()) {
                    Query query =
                            Query.of("words").where(filter.toText()).mode(mode).topK(500);
                    Set<String> found = new TreeSet<>();
                    corpus.search(query).hits().forEach(hit -> found.add(hit.documentId()));
                    assertThat(found)
                            .as("seed %d, %s, %s", seed, mode, filter.toText())
                            .isEqualTo(expected);
                }
                assertThat(Filter.parse(filter.toText())).isEqualTo(filter);
            }
        }
    }

    private static Metadata everyField() {
        return Metadata.empty()
                .with("s", "a")
                .with("n", 1)
                .with("d", 0.5)
                .with("b", true)
                .with("t", Instant.EPOCH)
                .with("l", List.of("a"));
    }

    private static Metadata metadata(Random random) {
        Metadata metadata = Metadata.empty();
        if (random.nextInt(3) > 0) {
            metadata = metadata.with("s", pick(random, STRINGS));
        }
        if (random.nextInt(3) > 0) {
            metadata = metadata.with("n", LONGS[random.nextInt(LONGS.length)]);
        }
        if (random.nextInt(3) > 0) {
            metadata = metadata.with("d", DOUBLES[random.nextInt(DOUBLES.length)]);
        }
        if (random.nextInt(3) > 0) {
            metadata = metadata.with("b", random.nextBoolean());
        }
        if (random.nextInt(3) > 0) {
            metadata = metadata.with("t", Instant.ofEpochMilli(random.nextInt(4) * 500L));
        }
        if (random.nextInt(3) > 0) {
            metadata =
                    metadata.with("l", STRINGS.subList(random.nextInt(4), 4 + random.nextInt(4)));
        }
        return metadata;
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static Filter filter(Random random, int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Filter.Not(filter(random, depth - 1));
                case 1 -> new Filter.And(parts(random, depth));
                default -> new Filter.Or(parts(random, depth));
            };
        }
        String field = pick(random, List.of("s", "n", "d", "b", "t", "l"));
        if (random.nextInt(8) == 0) {
            return new Filter.Exists(field);
        }
        if (field.equals("l")) {
            return new Filter.Contains(field, pick(random, STRINGS));
        }
        Object value = value(random, field);
        List<Object> values = List.of(value, value(random, field), value(random, field));
        return switch (random.nextInt(field.equals("b") ? 4 : 8)) {
            case 0 -> new Filter.Eq(field, value);
            case 1 -> new Filter.Ne(field, value);
            case 2 -> new Filter.In(field, values);
            case 3 -> new Filter.NotIn(field, values.subList(0, random.nextInt(3)));
            case 4 -> new Filter.Gt(field, value);
            case 5 -> new Filter.Ge(field, value);
            case 6 -> new Filter.Lt(field, value);
            default -> new Filter.Le(field, value);
        };
    }

    private static List<Filter> parts(Random random, int depth) {
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(filter(random, depth - 1));
        } while (parts.size() < 2 || random.nextInt(3) == 0);
        return parts;
    }

    private static Object value(Random random, String field) {
        return switch (field) {
            case "s" -> pick(random, STRINGS);
            case "n", "d" ->
                random.nextBoolean()
                        ? (Object) LONGS[random.nextInt(LONGS.length)]
                        : (Object) DOUBLES[random.nextInt(DOUBLES.length)];
            case "b" -> random.nextBoolean();
            default -> Instant.ofEpochMilli(random.nextInt(4) * 500L);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "s == 1 ~ field s is of type string",
                "s > true ~ field s is of type string",
                "n == 'x' ~ field n is of type long",
                "n in [1, 'x'] ~ field n is of type long",
                "d < 'x' ~ field d is of type double",
                "b == 'true' ~ field b is of type boolean",
                "b > false ~ field b is of type boolean",
                "t == 5 ~ field t is of type instant",
                "t == 'yesterday' ~ expected ISO-8601",
                "l == 'a' ~ use contains",
                "l in ['a'] ~ use contains",
                "s contains 'a' ~ field s is of type string",
                "u == 1 ~ 'unknown field: u, known fields: [b, d, l, n, s, t]'",
                "exists(u) ~ unknown field: u"
            })
    void refusesUnknownFieldsAndOtherTypes(String filter, String message) throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(new Document("all", "words", Format.PLAIN, everyField())));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.search(Query.of("words").where(filter)))
                    .withMessageContaining(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.delete(Filter.parse(filter)))
                    .withMessageContaining(message);
        }
    }

    @Test
    void refusesMoreConditionsThanItCanRunButRunsAnyIn() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(new Document("all", "words", Format.PLAIN, everyField())));
            String many = "n == 0" + " || n == 1".repeat(2000);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.search(Query.of("words").where(many)))
                    .withMessageContaining("too many conditions");
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                values.add(i);
            }
            assertThat(corpus.search(Query.of("words").where(new Filter.In("n", values)))
                            .hits())
                    .hasSize(1);
        }
    }
}

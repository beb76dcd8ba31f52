package dev.kith.retrieval.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {
    @Test
    void readsTheTextForm() {
        assertThat(Filter.parse("product == 'vault' && year >= 2024"))
                .isEqualTo(new Filter.And(
                        List.of(new Filter.Eq("product", "vault"), new Filter.Ge("year", 2024L))));
        assertThat(Filter.parse("a > 1 || b < -2.5e3 and not c <= 0"))
                .isEqualTo(new Filter.Or(List.of(
                        new Filter.Gt("a", 1L),
                        new Filter.And(List.of(
                                new Filter.Lt("b", -2500.0),
                                new Filter.Not(new Filter.Le("c", 0L)))))));
        assertThat(Filter.parse("x in ['a', \"b\", 3, true] AND y NIN [] and z not in [1]"))
                .isEqualTo(new Filter.And(List.of(
                        new Filter.In("x", List.of("a", "b", 3L, true)),
                        new Filter.NotIn("y", List.of()),
                        new Filter.NotIn("z", List.of(1L)))));
        assertThat(Filter.parse(
                        "tags contains 'x' && exists(a.b-c) && !(d is null) && e is not null"))
                .isEqualTo(new Filter.And(List.of(
                        new Filter.Contains("tags", "x"),
                        new Filter.Exists("a.b-c"),
                        new Filter.Not(new Filter.Not(new Filter.Exists("d"))),
                        new Filter.Exists("e"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "country == 'BG'",
                "genre == 'drama' AND year >= 2020",
                "genre in ['comedy', 'documentary', 'drama']",
                "year >= 2020 OR country == \"BG\" and city NIN ['Sofia', 'Plovdiv']",
                "(year >= 2020 OR country == 'BG') AND city != 'Sofia'",
                "isOpen == true and year >= 2020 AND country IN ['BG', 'NL', 'US']",
                "NOT(isOpen == true AND year >= 2020)",
                "\"country 1 2 3\" == 'BG'",
                "temperature >= -15.6 && temperature <= +20.13",
                "where country == 'BG' or x IS NULL",
                "author in ['john', 'jill'] && 'article_type' == 'blog'",
                "n == 5L"
            })
    void readsWhatSpringAisTextFormSays(String text) {
        Filter filter = Filter.parse(text);
        assertThat(Filter.parse(filter.toText())).isEqualTo(filter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "`` ~ 0",
                "`year` ~ 4",
                "`year >=` ~ 7",
                "`year >= 2024 &&` ~ 15",
                "`year >= 2024 x == 1` ~ 13",
                "`year >= 20x4` ~ 8",
                "`(a == 1` ~ 7",
                "`a == 'open` ~ 5",
                "`a == 'x\\q'` ~ 7",
                "`a in 'x'` ~ 5",
                "`a in [1 2]` ~ 8",
                "`a == b` ~ 5",
                "`a not b` ~ 6",
                "`a is 1` ~ 5",
                "`a contains 1` ~ 11",
                "`and == 1` ~ 0",
                "`a === 1` ~ 4",
                "`exists a` ~ 0",
                "`a == 99999999999999999999` ~ 5",
                "`a == 1e999` ~ 5",
                "`  '' == 1` ~ 2",
                "`a ? 1` ~ 2"
            })
    void namesThePositionOfAnError(String text, int position) {
        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> Filter.parse(text))
                .satisfies(e -> assertThat(e.position()).as(e.getMessage()).isEqualTo(position))
                .withMessageContaining("at position " + position + " of filter: " + text);
    }

    @Test
    void refusesEndlessNestingInsteadOfOverflowing() {
        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> Filter.parse("(".repeat(1_000_000)))
                .withMessageContaining("nested deeper than");
        String wide = "a == 1" + " || a == 2".repeat(100_000);
        assertThat(Filter.parse(wide).toText()).isEqualTo(wide);
    }

    @Test
    void quotesWhatNeedsIt() {
        Filter filter = new Filter.Eq("not", "it's a \\ \n\ud800");
        assertThat(filter.toText()).startsWith("'not' == 'it\\'s a \\\\");
        assertThat(Filter.parse(filter.toText())).isEqualTo(filter);
    }

    @Test
    void widensValuesAndRefusesOthers() {
        assertThat(new Filter.Eq("a", 1)).isEqualTo(new Filter.Eq("a", 1L));
        assertThat(new Filter.Eq("a", 1.5f)).isEqualTo(new Filter.Eq("a", 1.5));
        assertThat(new Filter.Eq("a", Instant.EPOCH))
                .isEqualTo(new Filter.Eq("a", "1970-01-01T00:00:00Z"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Filter.Eq("a", Double.NaN))
                .withMessageContaining("field a");
        assertThatIllegalArgumentException().isThrownBy(() -> new Filter.Eq(" ", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Filter.In("a", List.of(new Object())));
        assertThatIllegalArgumentException().isThrownBy(() -> new Filter.And(List.of()));
    }
}

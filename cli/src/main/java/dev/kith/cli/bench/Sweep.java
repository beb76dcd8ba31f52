package dev.kith.cli.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Efforts to measure.
 *
 * @param name what the family calls its effort, for headings
 * @param efforts the values; 0 is the family's default
 */
public record Sweep(String name, List<Integer> efforts) {
    /** The family's default effort alone. */
    public static final Sweep DEFAULT = new Sweep("effort", List.of(0));

    /** Reads {@code ef=10,20,40}, or the numbers alone. */
    public static final class Converter implements ITypeConverter<Sweep> {
        @Override
        public Sweep convert(String text) {
            int equals = text.indexOf('=');
            List<Integer> efforts = new ArrayList<>();
            for (String number : text.substring(equals + 1).split(",", -1)) {
                if (!number.matches("[1-9][0-9]{0,8}")) {
                    throw new TypeConversionException("expected positive numbers, such as"
                            + " ef=10,20,40, found '" + number + "' in '" + text + "'");
                }
                efforts.add(Integer.parseInt(number));
            }
            return new Sweep(
                    equals > 0 ? text.substring(0, equals) : DEFAULT.name(), List.copyOf(efforts));
        }
    }
}

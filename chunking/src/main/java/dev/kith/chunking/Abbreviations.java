package dev.kith.chunking;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Full stops that do not end a sentence though a capital or a number follows: behind initials ({@code J. Smith}), letters
 * with stops ({@code U.S. Army}), titles ({@code Dr. Who}), and before numbers ({@code No. 5}), in the larger languages of
 * Latin script. A word that ends sentences as often as not, such as {@code etc.}, is not one of them.
 */
final class Abbreviations {
    private static final int LONGEST = 8;

    private static final Set<String> BEFORE_NAMES = words(
            "mr mrs ms mx dr prof rev fr hon st sr jr gen col maj capt cpt lt cmdr sgt cpl adm gov sen rep pres supt messrs"
                    + " mt ft vs viz cf ca approx resp inc ltd co corp bros dept univ assn est al"
                    + " hr frl dipl ing bzw ggf evtl inkl exkl sog zb usw vgl geb gest hl"
                    + " mme mlle mm mgr me pr ste sig sigg dott avv ing sra srta dra ud uds dna dhr mevr drs");

    private static final Set<String> BEFORE_NUMBERS = words(
            "no nos nr num p pp pg s ss sec secs art arts fig figs eq eqs ch chap vol vols ver v tab par para ref refs ex"
                    + " abb bd kap abs ziff seite jan feb mar apr jun jul aug sep sept oct okt nov dec dez");

    private Abbreviations() {}

    private static Set<String> words(String words) {
        return Set.copyOf(List.of(words.split(" ", -1)));
    }

    /**
     * Whether the full stop at a place belongs to the word before it.
     *
     * @param from where the sentence starts
     * @param next the character behind the white space that follows the stop
     */
    static boolean at(String text, int from, int stop, char next) {
        int start = stop;
        boolean dotted = false;
        while (start > from && stop - start <= LONGEST && inWord(text.charAt(start - 1))) {
            start--;
            dotted |= text.charAt(start) == '.';
        }
        int length = stop - start;
        if (length == 0 || length > LONGEST) {
            return false;
        }
        if (dotted) {
            return letters(text, start, stop);
        }
        if (length == 1 && Character.isLetter(text.charAt(start))) {
            return true;
        }
        String word = text.substring(start, stop).toLowerCase(Locale.ROOT);
        return Character.isDigit(next)
                ? BEFORE_NUMBERS.contains(word)
                : BEFORE_NAMES.contains(word) && Character.isLetter(next);
    }

    private static boolean inWord(char c) {
        return c == '.' || Character.isLetterOrDigit(c);
    }

    /** Whether single letters stand between the stops, as in U.S or z.B. */
    private static boolean letters(String text, int start, int stop) {
        for (int i = start; i < stop; i++) {
            boolean letter = (i - start) % 2 == 0;
            if (letter != Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return (stop - start) % 2 == 1;
    }
}

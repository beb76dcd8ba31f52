package dev.kith.tokenizers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates a regular expression of Oniguruma in Ruby's syntax, which the reference uses, to the JDK's. Most of it is the same
 * in both; what means something else is spelled out, and what the JDK lacks is refused.
 */
final class Oniguruma {
    private static final int FLAGS =
            Pattern.UNICODE_CHARACTER_CLASS | Pattern.MULTILINE | Pattern.UNIX_LINES;
    /**
     * Matches nothing, but has a supplementary character, without which the JDK looks behind by halves of them and not by
     * code points.
     */
    private static final String NEVER = "|(?!)" + Character.toString(0x10000);

    private static final Pattern INTERVAL = Pattern.compile("\\{(\\d*)(,?)(\\d*)}");
    private static final Pattern PROPERTY = Pattern.compile("\\{(\\^?)([A-Za-z_ -]+)}");
    private static final Pattern BRACKET = Pattern.compile("\\[:(\\^?)([a-z]+):]");
    private static final String WORD =
            "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u00b2\\u00b3\\u00b9\\u00bc-\\u00be";

    private static final String BOUNDARY =
            "(?:(?<=[" + WORD + "])(?![" + WORD + "])|(?<![" + WORD + "])(?=[" + WORD + "]))";
    private static final String NO_BOUNDARY = "(?!" + BOUNDARY + ")";

    /** Members of classes by their POSIX names. */
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alnum", "\\p{IsAlphabetic}\\p{Nd}"),
            Map.entry("alpha", "\\p{IsAlphabetic}"),
            Map.entry("blank", "\\p{Zs}\\t"),
            Map.entry("cntrl", "\\p{Cc}"),
            Map.entry("digit", "\\p{Nd}"),
            Map.entry("lower", "\\p{IsLowercase}"),
            Map.entry("punct", "\\p{P}\\p{S}"),
            Map.entry("space", "\\p{IsWhite_Space}"),
            Map.entry("upper", "\\p{IsUppercase}"),
            Map.entry("word", WORD),
            Map.entry("xdigit", "0-9A-Fa-f"));

    private final String regex;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Integer> groups = new ArrayDeque<>();
    private int at;
    /** Where, in the output, begins what a quantifier would repeat. */
    private int atom;

    Oniguruma(String regex) {
        this.regex = regex;
    }

    /**
     * The pattern.
     *
     * @throws PatternSyntaxException if it is none, or not one for the JDK
     */
    Pattern compile() {
        while (at < regex.length()) {
            char c = regex.charAt(at);
            switch (c) {
                case '\\' -> {
                    atom = out.length();
                    escape(false);
                }
                case '[' -> {
                    atom = out.length();
                    characterClass();
                }
                case '(' -> open();
                case ')' -> {
                    if (groups.isEmpty()) {
                        throw refused("a group that does not begin");
                    }
                    atom = groups.pop();
                    copy(1);
                }
                case '{' -> interval();
                case '*', '+', '?' -> copy(1);
                default -> {
                    atom = out.length();
                    copy(Character.charCount(regex.codePointAt(at)));
                }
            }
        }
        return Pattern.compile(out + NEVER, FLAGS);
    }

    private void copy(int count) {
        out.append(regex, at, at + count);
        at += count;
    }

    private PatternSyntaxException refused(String what) {
        return new PatternSyntaxException(what, regex, at);
    }

    private void open() {
        groups.push(out.length());
        for (String known : new String[] {"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"}) {
            if (regex.startsWith(known, at)) {
                copy(known.length());
                return;
            }
        }
        if (!regex.startsWith("(?", at)) {
            copy(1);
            return;
        }
        if (regex.startsWith("(?<", at)) {
            copy(3);
            return;
        }
        int end = at + 2;
        while (end < regex.length() && "imx-".indexOf(regex.charAt(end)) >= 0) {
            end++;
        }
        if (end == regex.length() || ":)".indexOf(regex.charAt(end)) < 0 || end == at + 2) {
            throw refused("the group at " + at);
        }
        // Ruby's m lets a dot match line ends.
        out.append(regex.substring(at, end).replace('m', 's'));
        at = end;
        if (regex.charAt(end) == ':') {
            copy(1);
        }
    }

    /** Ruby knows no possessive interval: a plus behind one repeats it. */
    private void interval() {
        Matcher matcher = INTERVAL.matcher(regex).region(at, regex.length());
        boolean empty = !matcher.lookingAt()
                || (matcher.group(1).isEmpty() && matcher.group(3).isEmpty());
        if (empty) {
            atom = out.length();
            out.append("\\{");
            at++;
            return;
        }
        String least = matcher.group(1).isEmpty() ? "0" : matcher.group(1);
        out.append('{')
                .append(least)
                .append(matcher.group(2))
                .append(matcher.group(3))
                .append('}');
        at = matcher.end();
        char next = at < regex.length() ? regex.charAt(at) : ' ';
        if (next == '+' || next == '*') {
            out.insert(atom, "(?:").append(')');
        } else if (next == '?' && matcher.group(2).isEmpty()) {
            throw refused("a lazy fixed interval at " + at);
        }
    }

    private void escape(boolean inClass) {
        if (at + 1 == regex.length()) {
            throw refused("a backslash at the end");
        }
        char c = regex.charAt(at + 1);
        switch (c) {
            case 'p', 'P' -> property(c);
            case 'h' -> members("0-9A-Fa-f", inClass, false);
            case 'H' -> members("0-9A-Fa-f", inClass, true);
            case 'w' -> members(WORD, inClass, false);
            case 'W' -> members(WORD, inClass, true);
            case 'v' -> members("\\x0B", inClass, false);
            case 'b' -> {
                out.append(inClass ? "\\x08" : BOUNDARY);
                at += 2;
            }
            case 'B' -> {
                out.append(inClass ? "B" : NO_BOUNDARY);
                at += 2;
            }
            case 'G', 'K', 'O', 'N', 'R', 'X', 'y', 'Y', 'g', 'k', 'c', 'C', 'M' ->
                throw refused("\\" + c + " at " + at);
            case 'Z', 'z', 'A', 'd', 'D', 's', 'S', 'n', 't', 'r', 'f', 'a', 'e', 'x', 'u' ->
                copy(2);
            default -> {
                if (Character.isLetter(c)) { // a letter that is no escape stands for itself
                    out.append(c);
                    at += 2;
                } else {
                    copy(1 + Character.charCount(regex.codePointAt(at + 1)));
                }
            }
        }
    }

    private void members(String members, boolean inClass, boolean others) {
        if (inClass && !others) {
            out.append(members);
        } else {
            out.append(others ? "[^" : "[").append(members).append(']');
        }
        at += 2;
    }

    private void property(char letter) {
        Matcher matcher = PROPERTY.matcher(regex).region(at + 2, regex.length());
        if (!matcher.lookingAt()) {
            throw refused("the property at " + at);
        }
        boolean others = letter == 'P' ^ !matcher.group(1).isEmpty();
        String name = matcher.group(2);
        String posix = POSIX.get(name.toLowerCase(Locale.ROOT));
        if (posix != null) {
            out.append(others ? "[^" : "[").append(posix).append(']');
        } else {
            boolean category = name.length() <= 2;
            out.append(others ? "\\P{" : "\\p{");
            out.append(category ? "" : "Is").append(name).append('}');
        }
        at = matcher.end();
    }

    /** From a bracket to the one that closes it. */
    private void characterClass() {
        copy(regex.startsWith("[^", at) ? 2 : 1);
        if (at < regex.length() && regex.charAt(at) == ']') {
            throw refused("an empty class at " + at);
        }
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == ']') {
                copy(1);
                return;
            }
            if (c == '\\') {
                escape(true);
            } else if (c == '[') {
                if (regex.startsWith("[:", at)) {
                    bracket();
                } else {
                    characterClass();
                }
            } else {
                copy(1);
            }
        }
        throw refused("a class without end");
    }

    private void bracket() {
        Matcher matcher = BRACKET.matcher(regex).region(at, regex.length());
        String members = matcher.lookingAt() ? POSIX.get(matcher.group(2)) : null;
        if (members == null) {
            throw refused("the class at " + at);
        }
        out.append(matcher.group(1).isEmpty() ? "[" : "[^").append(members).append(']');
        at = matcher.end();
    }
}

package org.outlookmail.sandbox.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads arguments of a command from left to right (RFC 3501, 9). For one thread. */
public final class Scanner {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})\\+?}\\r?\\n");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\\\r\\n]|\\\\[\"\\\\])*+)\"");
    private static final Pattern ATOM = Pattern.compile("[^\\s(){\"\\\\\\x00-\\x1f\\x7f]+");
    private static final Pattern FLAG = Pattern.compile("\\\\?[^\\s(){%*\"\\]\\\\\\x00-\\x1f\\x7f]+");

    private final String text;
    private int position;

    /** Begins at the left. */
    public Scanner(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** Whether the next character is that one, which is taken then. */
    boolean accept(char wanted) {
        boolean there = follows(wanted);
        position += there ? 1 : 0;
        return there;
    }

    /** Whether the next character is that one, which is not taken. */
    boolean follows(char wanted) {
        return position < text.length() && text.charAt(position) == wanted;
    }

    void expect(char wanted) throws BadCommandException {
        if (!accept(wanted)) {
            throw new BadCommandException("'" + wanted + "' is missing at " + near());
        }
    }

    /** Nothing may follow. */
    void expectEnd() throws BadCommandException {
        if (!atEnd()) {
            throw new BadCommandException("too much at " + near());
        }
    }

    /** What the pattern finds here, or null. */
    Matcher next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        position = matcher.end();
        return matcher;
    }

    /** What the pattern finds here. */
    Matcher require(Pattern pattern, String what) throws BadCommandException {
        Matcher found = next(pattern);
        if (found == null) {
            throw new BadCommandException(what + " is missing at " + near());
        }
        return found;
    }

    /** A word without blanks, quotes and parentheses; a bracket may be in it. */
    String atom() throws BadCommandException {
        return require(ATOM, "a word").group();
    }

    /** A flag or a keyword. */
    String flag() throws BadCommandException {
        return require(FLAG, "a flag").group();
    }

    /** A word, a quoted string or a literal. */
    String string() throws BadCommandException {
        Matcher quoted = next(QUOTED);
        if (quoted != null) {
            return quoted.group(1).replaceAll("\\\\(.)", "$1");
        }
        Matcher literal = next(LITERAL);
        if (literal == null) {
            return atom();
        }
        int end = position + Integer.parseInt(literal.group(1));
        if (end > text.length()) {
            throw new BadCommandException("a literal is cut short");
        }
        String octets = text.substring(position, end);
        position = end;
        return octets;
    }

    /** All strings that are left, as UTF-8; none if it is not a list of strings. */
    public static List<String> strings(String text) {
        List<String> strings = new ArrayList<>();
        Scanner in = new Scanner(text);
        try {
            do {
                strings.add(new String(in.string().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            } while (in.accept(' '));
            in.expectEnd();
            return strings;
        } catch (BadCommandException e) {
            return List.of();
        }
    }

    private String near() {
        return atEnd() ? "the end" : "\"" + text.substring(position, Math.min(text.length(), position + 20)) + "\"";
    }
}

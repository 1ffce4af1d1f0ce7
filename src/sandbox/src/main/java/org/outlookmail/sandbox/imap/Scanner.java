package org.outlookmail.sandbox.imap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads arguments of a command from left to right (RFC 3501, 9). For one thread. */
final class Scanner {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})\\+?}\\r?\\n");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\\\r\\n]|\\\\[\"\\\\])*+)\"");
    private static final Pattern ATOM = Pattern.compile("[^\\s(){\"\\\\\\x00-\\x1f\\x7f]+");
    private static final Pattern FLAG = Pattern.compile("\\\\?[^\\s(){%*\"\\]\\\\\\x00-\\x1f\\x7f]+");

    private final String text;
    private int position;

    Scanner(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** Whether the next character is that one, which is taken then. */
    boolean accept(char wanted) {
        boolean there = position < text.length() && text.charAt(position) == wanted;
        position += there ? 1 : 0;
        return there;
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

    private String near() {
        return atEnd() ? "the end" : "\"" + text.substring(position, Math.min(text.length(), position + 20)) + "\"";
    }
}

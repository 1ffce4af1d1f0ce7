package org.outlookmail.sandbox.front;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a client's IMAP command.
 *
 * @param tag as sent
 * @param name in upper case; of UID commands the second word, UID FETCH being FETCH
 * @param arguments what follows the name
 */
record ImapLine(String tag, String name, String arguments) {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,10})(\\+?)}\\r?\\n\\z");

    // Blanks at the end may belong to a literal.
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

    /** Reads a line; a line that is no command has an empty name. */
    static ImapLine read(String line) {
        String[] words = LINE_END.matcher(line).replaceFirst("").split(" ", 3);
        if (words.length < 2) {
            return new ImapLine(words[0].isEmpty() ? "*" : words[0], "", "");
        }
        String name = words[1].toUpperCase(Locale.ROOT);
        String rest = words.length < 3 ? "" : words[2];
        if (name.equals("UID")) {
            String[] parts = rest.split(" ", 2);
            return new ImapLine(words[0], parts[0].toUpperCase(Locale.ROOT), parts.length < 2 ? "" : parts[1]);
        }
        return new ImapLine(words[0], name, rest);
    }

    /** The size of the literal that a line announces at its end; negative if it announces none. */
    static long literal(String line) {
        Matcher matcher = LITERAL.matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Whether the literal comes without being asked for (RFC 7888). */
    static boolean unasked(String line) {
        Matcher matcher = LITERAL.matcher(line);
        return matcher.find() && matcher.group(2).equals("+");
    }

    /** The point at which a fault strikes this command. */
    String point() {
        return name.equals("EXAMINE") ? "SELECT" : name;
    }
}

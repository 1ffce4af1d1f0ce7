package org.outlookmail.sandbox.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One IMAP command with its literals, a char for each octet (RFC 3501, 2.2.1).
 *
 * @param tag as sent; * for a line without one
 * @param name in upper case; of UID commands the second word, UID FETCH being FETCH; empty if there is none
 * @param uids whether it was a UID command
 * @param arguments what follows the name, literals in their place, without the line end
 */
public record Command(String tag, String name, boolean uids, String arguments) {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,10})(\\+?)}\\r?\\n\\z");

    // Blanks at the end may belong to a literal.
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

    /** Where a command comes from. */
    public interface Source {
        /** The next line with its end, a char for each octet. */
        String line() throws IOException;

        /** Copies so many octets. */
        void copy(long count, OutputStream target) throws IOException;

        /** Asks for a literal. */
        void goAhead() throws IOException;
    }

    /** A first line, its literals not yet read. */
    public static Command begin(String line) {
        String text = LINE_END.matcher(line).replaceFirst("");
        String[] words = text.split(" ", 3);
        String tag = words[0].isEmpty() ? "*" : words[0];
        String name = words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
        String rest = words.length < 3 ? "" : words[2];
        boolean uids = name.equals("UID");
        if (uids) {
            String[] inner = rest.split(" ", 2);
            name = inner[0].toUpperCase(Locale.ROOT);
            rest = inner.length < 2 ? "" : inner[1];
        }
        return new Command(tag, name, uids, rest);
    }

    /**
     * The whole command that begins with this line, its literals read and asked for where they want it; null if they have
     * more octets than {@code most}, in which case nothing is left of it in the source and nothing was asked for.
     */
    public static Command read(String line, Source source, long most) throws IOException {
        StringBuilder whole = new StringBuilder();
        String part = line;
        boolean kept = true;
        Matcher literal = LITERAL.matcher(part);
        while (literal.find()) {
            long octets = Long.parseLong(literal.group(1));
            kept &= whole.length() + octets <= most;
            boolean asked = literal.group(2).isEmpty();
            if (asked && !kept) {
                return null;
            }
            if (asked) {
                source.goAhead();
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            source.copy(octets, kept ? content : OutputStream.nullOutputStream());
            if (kept) {
                whole.append(part).append(content.toString(StandardCharsets.ISO_8859_1));
            }
            part = source.line();
            literal = LITERAL.matcher(part);
        }
        return kept ? begin(whole.append(part).toString()) : null;
    }

    /** Throws away the literals of a command that is not looked at: those that come without being asked for (RFC 7888). */
    public static void skip(String line, Source source) throws IOException {
        String part = line;
        Matcher literal = LITERAL.matcher(part);
        while (literal.find() && !literal.group(2).isEmpty()) {
            source.copy(Long.parseLong(literal.group(1)), OutputStream.nullOutputStream());
            part = source.line();
            literal = LITERAL.matcher(part);
        }
    }

    /** The point at which a fault strikes this command. */
    public String point() {
        return name.equals("EXAMINE") ? "SELECT" : name;
    }
}

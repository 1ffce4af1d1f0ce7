package org.outlookmail.sandbox.imap;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.wire.LineReader;

/**
 * One IMAP command with its literals, a char for each octet (RFC 3501, 2.2.1).
 *
 * @param tag as sent
 * @param name in upper case; of UID commands the second word, UID FETCH being FETCH
 * @param uids whether it was a UID command
 * @param arguments what follows the name, literals in their place, without the line end
 * @param whole all of it as GreenMail can read it
 */
record Command(String tag, String name, boolean uids, String arguments, String whole) {
    /** The front has let everything in that comes here; APPEND brings whole messages. */
    private static final int MAX_LINE_BYTES = 64 * 1024 * 1024;

    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})(\\+?)}\\r?\\n\\z");

    /** A quoted string, or an atom with a bracket in it, which RFC 3501 allows in names and GreenMail does not. */
    private static final Pattern BRACKETED =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"(){}]*[\\[\\]][^\\s\"(){}]*");

    /** The next command, or null at the end of the connection. Asks for the literals that want it. */
    static Command read(LineReader in, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder whole = new StringBuilder();
        String line = line(in);
        if (line == null) {
            return null;
        }
        Matcher literal = LITERAL.matcher(line);
        while (literal.find()) {
            if (literal.group(2).isEmpty()) {
                out.write("+ Ready for additional command text.\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            text.append(line);
            // Nobody is there to be asked a second time.
            String announced = line.substring(0, literal.start()) + "{" + literal.group(1) + "+}\r\n";
            whole.append(whole.isEmpty() ? named(announced) : announced);
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            in.copy(Long.parseLong(literal.group(1)), octets);
            text.append(octets.toString(StandardCharsets.ISO_8859_1));
            whole.append(octets.toString(StandardCharsets.ISO_8859_1));
            line = line(in);
            if (line == null) {
                throw new EOFException("The connection ended in a command");
            }
            literal = LITERAL.matcher(line);
        }
        text.append(line);
        whole.append(whole.isEmpty() ? named(line) : line);
        return split(text.toString().stripTrailing(), whole.toString());
    }

    private static String line(LineReader in) throws IOException {
        byte[] line = in.line(MAX_LINE_BYTES);
        return line == null ? null : new String(line, StandardCharsets.ISO_8859_1);
    }

    private static String named(String line) {
        return BRACKETED
                .matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("\"") ? found.group() : "\"" + found.group() + "\""));
    }

    private static Command split(String text, String whole) {
        String[] words = text.split(" ", 3);
        String name = words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
        String rest = words.length < 3 ? "" : words[2];
        boolean uids = name.equals("UID");
        if (uids) {
            String[] inner = rest.split(" ", 2);
            name = inner[0].toUpperCase(Locale.ROOT);
            rest = inner.length < 2 ? "" : inner[1];
        }
        return new Command(words[0], name, uids, rest, whole);
    }
}

package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.mailstore.Maildrop;

/**
 * POP3 after the login (RFC 1939, 5 and 6). What is marked is removed at QUIT and only then. For the connection's thread.
 */
final class PopTransaction {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final String ARGUMENT = "-ERR Protocol error. Command argument is missing or no number.";
    private static final String NO_SUCH = "-ERR The specified message is out of range.";
    private static final byte[] LINE_END = {'\r', '\n'};

    private final StoreFront front;
    private final ClientWire wire;
    private final Login login;
    private final String capabilities;
    private final Maildrop drop;
    private final Set<Integer> marked = new TreeSet<>();

    PopTransaction(StoreFront front, ClientWire wire, Login login, String capabilities) {
        this.front = front;
        this.wire = wire;
        this.login = login;
        this.capabilities = capabilities;
        this.drop = front.store().maildrop(login.mailbox());
    }

    /** Runs until QUIT, or until the client ends the connection. */
    void run() throws IOException {
        boolean over = false;
        while (!over) {
            over = take(wire.line().stripTrailing());
        }
    }

    private boolean take(String line) throws IOException {
        front.counters().command();
        String[] words = line.split(" +", -1);
        String name = words[0].toUpperCase(Locale.ROOT);
        if (!front.gatekeeper().stillHolds(login)) {
            wire.say("-ERR Session invalidated - AccessTokenExpired");
            return true;
        }
        Optional<String> fault = wire.struck(point(name));
        if (fault.isPresent()) {
            wire.say(fault.get());
            return false;
        }
        switch (name) {
            case "STAT" -> wire.say("+OK " + left() + " " + size());
            case "LIST", "UIDL" -> list(name, words);
            case "RETR", "TOP" -> retrieve(words);
            case "DELE" -> delete(words);
            case "RSET" -> {
                marked.clear();
                wire.say("+OK");
            }
            case "NOOP" -> wire.say("+OK");
            case "CAPA" -> wire.say(capabilities);
            case "QUIT" -> {
                drop.remove(marked);
                wire.say("+OK Microsoft Exchange Server POP3 server signing off.");
            }
            default -> wire.say("-ERR Protocol error. 14");
        }
        return name.equals("QUIT");
    }

    /** The points of POP3 are named after what they are in IMAP: STAT opens, RETR and TOP fetch. */
    private static String point(String name) {
        return switch (name) {
            case "STAT" -> "SELECT";
            case "RETR", "TOP" -> "FETCH";
            default -> name;
        };
    }

    private int left() {
        return drop.count() - marked.size();
    }

    private long size() {
        long size = 0;
        for (int number = 1; number <= drop.count(); number++) {
            size += marked.contains(number) ? 0 : drop.octets(number).length;
        }
        return size;
    }

    private void list(String name, String... words) throws IOException {
        if (words.length > 1) {
            int number = message(words);
            if (number > 0) {
                wire.say("+OK " + listed(name, number));
            }
            return;
        }
        StringBuilder lines = new StringBuilder("+OK\r\n");
        for (int number = 1; number <= drop.count(); number++) {
            if (!marked.contains(number)) {
                lines.append(listed(name, number)).append("\r\n");
            }
        }
        wire.say(lines.append('.').toString());
    }

    private String listed(String name, int number) {
        return number + " " + (name.equals("UIDL") ? drop.uid(number) : drop.octets(number).length);
    }

    /** The message that the first argument names, or 0 if the client has been told that there is none. */
    private int message(String... words) throws IOException {
        if (words.length < 2 || !NUMBER.matcher(words[1]).matches()) {
            wire.say(ARGUMENT);
            return 0;
        }
        int number = Integer.parseInt(words[1]);
        if (number < 1 || number > drop.count() || marked.contains(number)) {
            wire.say(NO_SUCH);
            return 0;
        }
        return number;
    }

    private void delete(String... words) throws IOException {
        int number = message(words);
        if (number > 0) {
            marked.add(number);
            wire.say("+OK");
        }
    }

    private void retrieve(String... words) throws IOException {
        boolean top = words[0].equalsIgnoreCase("TOP");
        int number = message(words);
        if (number == 0) {
            return;
        }
        if (top && (words.length < 3 || !NUMBER.matcher(words[2]).matches())) {
            wire.say(ARGUMENT);
            return;
        }
        send(drop.octets(number), top ? Integer.parseInt(words[2]) : Integer.MAX_VALUE);
        if (!top) {
            drop.seen(number);
        }
    }

    /** The header and so many lines of the body, each that begins with a dot given another (RFC 1939, 3). */
    private void send(byte[] octets, int bodyLines) throws IOException {
        wire.lock().lock();
        try {
            OutputStream out = wire.out();
            out.write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
            int left = -1;
            int from = 0;
            while (from < octets.length && left != 0) {
                int to = lineEnd(octets, from);
                if (octets[from] == '.') {
                    out.write('.');
                }
                out.write(octets, from, to - from);
                if (left > 0) {
                    left--;
                } else if (to - from == LINE_END.length) {
                    left = bodyLines;
                }
                from = to;
            }
            out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        } finally {
            wire.lock().unlock();
        }
    }

    private static int lineEnd(byte[] octets, int from) {
        int to = from;
        while (octets[to] != '\n') {
            to++;
        }
        return to + 1;
    }
}

package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.wire.LineReader;

/**
 * Carries an authenticated POP3 session to GreenMail, one command at a time: POP3 speaks in turns, so a pipelined command
 * simply waits in the buffer. For the connection's thread. Owns the connection to GreenMail.
 */
final class PopRelay implements AutoCloseable {
    private static final LineReader.Waiting NOTHING = new LineReader.Waiting() {
        @Override
        public void beforeRead() {}

        @Override
        public void afterRead() {}
    };

    private final StoreFront front;
    private final ClientWire wire;
    private final Login login;
    private final String capabilities;
    private final Backend backend;

    PopRelay(StoreFront front, ClientWire wire, Login login, String capabilities) throws IOException {
        this.front = front;
        this.wire = wire;
        this.login = login;
        this.capabilities = capabilities;
        backend = Backend.connect(front.store().pop3Port(), NOTHING);
        try {
            backend.line();
            backend.login("USER " + login.mailbox(), "+OK");
            backend.login("PASS " + front.store().password(), "+OK");
        } catch (IOException e) {
            backend.close();
            throw e;
        }
    }

    /** Runs until QUIT, or until either side ends the connection. */
    void run() throws IOException {
        boolean over = false;
        while (!over) {
            over = carry(wire.line().stripTrailing());
        }
    }

    private boolean carry(String line) throws IOException {
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
            case "" -> wire.say("-ERR Protocol error. 14");
            case "CAPA" -> wire.say(capabilities);
            default -> {
                boolean many = switch (name) {
                    case "RETR", "TOP" -> true;
                    case "LIST", "UIDL" -> words.length == 1;
                    default -> false;
                };
                backend.send(line + "\r\n");
                answer(many);
            }
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

    private void answer(boolean many) throws IOException {
        wire.lock().lock();
        try {
            String line = backend.line();
            write(line);
            boolean more = many && line.startsWith("+OK");
            while (more) {
                line = backend.line();
                write(line);
                more = !line.equals(".\r\n");
            }
        } finally {
            wire.lock().unlock();
        }
    }

    private void write(String line) throws IOException {
        wire.out().write(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        try {
            wire.flush();
        } finally {
            backend.close();
        }
    }
}

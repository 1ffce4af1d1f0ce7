package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.access.Login;

/**
 * POP3 before the login (RFC 1939): greeting, CAPA, STLS (RFC 2595), {@link PopLogin}; then the {@link PopTransaction}. For the
 * connection's thread.
 */
final class PopSession implements StoreSession {
    /** What Exchange says to a command that it does not take now. */
    private static final String INVALID_STATE = "-ERR Command is not valid in this state.";

    private final StoreFront front;
    private final ClientWire wire;
    private final PopLogin logins;
    private Login login;
    private boolean over;

    PopSession(StoreFront front, ClientWire wire) {
        this.front = front;
        this.wire = wire;
        this.logins = new PopLogin(front, wire);
    }

    @Override
    public void run() throws IOException {
        Optional<String> fault = wire.struck("GREETING");
        wire.say(fault.orElse("+OK The Microsoft Exchange POP3 service is ready. [U0FOREJPWA==]"));
        over = fault.isPresent() && fault.get().startsWith("-ERR");
        while (!over && login == null) {
            unauthenticated(wire.line());
        }
        if (!over) {
            new PopTransaction(front, wire, login, capabilities()).run();
        }
    }

    private void unauthenticated(String line) throws IOException {
        front.counters().command();
        String[] words = line.strip().split(" +", 3);
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "CAPA" -> wire.say(capabilities());
            case "NOOP" -> wire.say("+OK");
            case "STLS" -> startTls();
            case "AUTH", "USER", "PASS" -> {
                if (wire.isTls()) {
                    logIn(line, words);
                } else {
                    wire.say(INVALID_STATE);
                }
            }
            case "QUIT" -> {
                wire.say("+OK Microsoft Exchange Server POP3 server signing off.");
                over = true;
            }
            default -> wire.say("-ERR Protocol error. 14");
        }
    }

    private void logIn(String line, String... words) throws IOException {
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "USER" -> logins.user(words.length == 1 ? "" : words[1]);
            case "PASS" -> login = logins.pass(PopLogin.password(line));
            default -> login = logins.auth(words);
        }
    }

    private void startTls() throws IOException {
        Optional<String> fault = wire.struck("STARTTLS");
        if (fault.isPresent()) {
            wire.say(fault.get());
        } else if (wire.isTls()) {
            wire.say(INVALID_STATE);
        } else {
            wire.say("+OK Begin TLS negotiation.");
            wire.startTls();
        }
    }

    /** CAPA (RFC 2449), which names no way to log in while there is no TLS. */
    private String capabilities() {
        String logins = "SASL XOAUTH2";
        if (!wire.isTls()) {
            logins = "STLS";
        } else if (front.gatekeeper().takesPasswords()) {
            logins = "USER\r\nSASL PLAIN XOAUTH2";
        }
        return "+OK\r\nTOP\r\nUIDL\r\n" + logins + "\r\n.";
    }

    /** Nothing: POP3 cannot speak unasked, so each command looks first. */
    @Override
    public void endIfExpired() {}

    @Override
    public void end() {
        if (login != null) {
            front.slots().release(login.mailbox());
        }
    }
}

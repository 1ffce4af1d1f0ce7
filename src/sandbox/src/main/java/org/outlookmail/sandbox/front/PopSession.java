package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.access.LoginRefusedException;
import org.outlookmail.sandbox.faults.Protocol;

/** POP3 before the login (RFC 1939, 5034): greeting, CAPA, AUTH; then the {@link PopRelay}. For the connection's thread. */
final class PopSession implements StoreSession {
    static final String CAPABILITIES = "+OK\r\nTOP\r\nUIDL\r\nSASL XOAUTH2\r\n.";

    private static final String REFUSED = "-ERR Authentication failure: unknown user name or bad password.";

    private final StoreFront front;
    private final ClientWire wire;
    private Login login;
    private boolean over;

    PopSession(StoreFront front, ClientWire wire) {
        this.front = front;
        this.wire = wire;
    }

    @Override
    public void run() throws IOException {
        Optional<String> fault = wire.struck("GREETING");
        wire.say(fault.orElse("+OK The Microsoft Exchange POP3 service is ready. [U0FOREJPWA==]"));
        over = fault.isPresent() && fault.get().startsWith("-ERR");
        while (!over && login == null) {
            unauthenticated(wire.line().strip());
        }
        if (!over) {
            try (PopRelay relay = new PopRelay(front, wire, login)) {
                relay.run();
            }
        }
    }

    private void unauthenticated(String line) throws IOException {
        front.counters().command();
        String[] words = line.split(" +", 3);
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "CAPA" -> wire.say(CAPABILITIES);
            case "NOOP" -> wire.say("+OK");
            case "AUTH" -> authenticate(words);
            case "USER" -> wire.say("+OK");
            case "PASS" -> {
                front.counters().refused("basic authentication (USER and PASS)");
                wire.say("-ERR Logon failure: unknown user name or bad password.");
            }
            case "QUIT" -> {
                wire.say("+OK Microsoft Exchange Server POP3 server signing off.");
                over = true;
            }
            default -> wire.say("-ERR Protocol error. 14");
        }
    }

    private void authenticate(String[] words) throws IOException {
        if (words.length == 1) {
            wire.say("+OK\r\nXOAUTH2\r\n.");
        } else if (!words[1].equalsIgnoreCase("XOAUTH2")) {
            wire.say("-ERR Authentication mechanism is not supported.");
        } else if (words.length > 2) {
            // Exchange takes the token only on a line of its own.
            front.counters().refused("the token came in the line of AUTH; Exchange wants it in a second line");
            wire.say(REFUSED);
        } else {
            wire.say("+ ");
            xoauth2(wire.line().strip());
        }
    }

    private void xoauth2(String response) throws IOException {
        Optional<String> fault = wire.struck("AUTH");
        if (fault.isPresent()) {
            wire.say(fault.get());
            return;
        }
        if (response.equals("*")) {
            wire.say("-ERR The AUTH protocol exchange was canceled by the client.");
            return;
        }
        try {
            Login checked = front.gatekeeper().checkWithRight(Protocol.POP3, response);
            if (!front.slots().take(checked.mailbox())) {
                front.counters().throttled();
                wire.say("-ERR Too many connections to this mailbox.");
                return;
            }
            login = checked;
            front.counters().authenticated();
            wire.say("+OK User successfully authenticated.");
        } catch (LoginRefusedException e) {
            front.counters().refused(e.getMessage());
            wire.say(REFUSED);
        }
    }

    /** Nothing: POP3 cannot speak unasked, so the relay looks before each command. */
    @Override
    public void endIfExpired() {}

    @Override
    public void end() {
        if (login != null) {
            front.slots().release(login.mailbox());
        }
    }
}

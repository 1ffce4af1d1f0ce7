package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.access.Credentials;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.access.LoginRefusedException;
import org.outlookmail.sandbox.faults.Protocol;

/**
 * POP3's ways in: AUTH XOAUTH2 (RFC 5034, though Exchange wants two lines), and for mailboxes with a password AUTH PLAIN, or
 * USER and PASS. For the connection's thread.
 */
final class PopLogin {
    private static final String AUTH_REFUSED = "-ERR Authentication failure: unknown user name or bad password.";
    private static final String PASS_REFUSED = "-ERR Logon failure: unknown user name or bad password.";

    private final StoreFront front;
    private final ClientWire wire;
    private String user = "";

    /** Judges what the client sent. */
    private interface Check {
        Login run() throws LoginRefusedException;
    }

    PopLogin(StoreFront front, ClientWire wire) {
        this.front = front;
        this.wire = wire;
    }

    /** What follows PASS, blanks included (RFC 1939, 7), as UTF-8. */
    static String password(String line) {
        String text = line.replaceFirst("\\r?\\n\\z", "");
        int space = text.indexOf(' ');
        String bytes = space < 0 ? "" : text.substring(space + 1);
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** USER. */
    void user(String name) throws IOException {
        user = name;
        wire.say("+OK");
    }

    /** PASS; null if it failed, here and below, in which case the client has been told. */
    Login pass(String password) throws IOException {
        Credentials sent = new Credentials(user, password);
        return decide(PASS_REFUSED, Optional.empty(), () -> front.gatekeeper().checkPassword(Protocol.POP3, sent));
    }

    /** AUTH, split into words. */
    Login auth(String... words) throws IOException {
        boolean passwords = front.gatekeeper().takesPasswords();
        String mechanism = words.length == 1 ? "" : words[1].toUpperCase(Locale.ROOT);
        if (mechanism.isEmpty()) {
            wire.say(passwords ? "+OK\r\nPLAIN\r\nXOAUTH2\r\n." : "+OK\r\nXOAUTH2\r\n.");
            return null;
        }
        if (mechanism.equals("PLAIN") && passwords) {
            String answer = words.length > 2 ? words[2] : ask("+ ");
            return sasl(
                    answer,
                    Optional.empty(),
                    () -> front.gatekeeper().checkPassword(Protocol.POP3, Credentials.plain(answer)));
        }
        if (!mechanism.equals("XOAUTH2")) {
            wire.say("-ERR Authentication mechanism is not supported.");
            return null;
        }
        if (words.length > 2) {
            front.counters().refused("the token came in the line of AUTH; Exchange wants it in a second line");
            wire.say(AUTH_REFUSED);
            return null;
        }
        String answer = ask("+ ");
        return sasl(
                answer,
                front.gatekeeper().refusalChallenge(),
                () -> front.gatekeeper().checkWithRight(Protocol.POP3, answer));
    }

    private Login sasl(String answer, Optional<String> challenge, Check check) throws IOException {
        if (answer.equals("*")) {
            wire.say("-ERR The AUTH protocol exchange was canceled by the client.");
            return null;
        }
        return decide(AUTH_REFUSED, challenge, check);
    }

    private Login decide(String refusal, Optional<String> challenge, Check check) throws IOException {
        Optional<String> fault = wire.struck("AUTH");
        if (fault.isPresent()) {
            wire.say(fault.get());
            return null;
        }
        try {
            Login checked = check.run();
            if (!front.slots().take(checked.mailbox())) {
                front.counters().throttled();
                wire.say("-ERR Too many connections to this mailbox.");
                return null;
            }
            front.counters().authenticated();
            wire.say("+OK User successfully authenticated.");
            return checked;
        } catch (LoginRefusedException e) {
            if (challenge.isPresent()) {
                // Whatever the client says to it, the refusal is what follows.
                ask("+ " + challenge.get());
            }
            front.counters().refused(e.getMessage());
            wire.say(refusal);
            return null;
        }
    }

    private String ask(String challenge) throws IOException {
        wire.say(challenge);
        return wire.line().strip();
    }
}

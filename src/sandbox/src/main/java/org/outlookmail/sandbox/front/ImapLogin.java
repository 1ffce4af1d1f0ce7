package org.outlookmail.sandbox.front;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.access.Credentials;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.access.LoginRefusedException;
import org.outlookmail.sandbox.faults.Protocol;
import org.outlookmail.sandbox.imap.Command;
import org.outlookmail.sandbox.imap.Scanner;

/**
 * IMAP's ways in: AUTHENTICATE XOAUTH2, and for mailboxes with a password AUTHENTICATE PLAIN and LOGIN. For the connection's
 * thread.
 */
final class ImapLogin {
    private final StoreFront front;
    private final ClientWire wire;
    private final ImapSession session;

    /** Judges what the client sent. */
    private interface Check {
        Login run() throws LoginRefusedException;
    }

    ImapLogin(StoreFront front, ClientWire wire, ImapSession session) {
        this.front = front;
        this.wire = wire;
        this.session = session;
    }

    /** AUTHENTICATE, with its answer in the same line (RFC 4959) or in one of its own. */
    void authenticate(Command command) throws IOException {
        String[] words = command.arguments().split(" ", 2);
        String mechanism = words[0].toUpperCase(Locale.ROOT);
        boolean token = mechanism.equals("XOAUTH2");
        if (!token && !(mechanism.equals("PLAIN") && front.gatekeeper().takesPasswords())) {
            wire.say(command.tag() + " NO AUTHENTICATE failed.");
            return;
        }
        String answer = words.length == 2 && !words[1].isBlank() ? words[1].strip() : ask("+ ");
        if (session.struck(command.tag(), "AUTH")) {
            return;
        }
        if (answer.equals("*")) {
            wire.say(command.tag() + " BAD The AUTH protocol exchange was canceled by the client.");
            return;
        }
        Check check = token
                ? () -> front.gatekeeper().check(Protocol.IMAP, answer)
                : () -> front.gatekeeper().checkPassword(Protocol.IMAP, Credentials.plain(answer));
        decide(command.tag(), "AUTHENTICATE", token ? front.gatekeeper().refusalChallenge() : Optional.empty(), check);
    }

    /** LOGIN. */
    void login(Command command) throws IOException {
        if (session.struck(command.tag(), "AUTH")) {
            return;
        }
        List<String> strings = Scanner.strings(command.arguments());
        if (strings.size() == 2) {
            Credentials sent = new Credentials(strings.get(0), strings.get(1));
            decide(
                    command.tag(),
                    "LOGIN",
                    Optional.empty(),
                    () -> front.gatekeeper().checkPassword(Protocol.IMAP, sent));
        } else {
            wire.say(command.tag() + " BAD Command Argument Error. 12");
        }
    }

    private void decide(String tag, String way, Optional<String> challenge, Check check) throws IOException {
        try {
            session.admit(check.run());
            wire.say(tag + " OK " + way + " completed.");
        } catch (LoginRefusedException e) {
            if (challenge.isPresent()) {
                // Whatever the client says to it, the refusal is what follows.
                ask("+ " + challenge.get());
            }
            front.counters().refused(e.getMessage());
            wire.say(tag + " NO " + way + " failed.");
        }
    }

    private String ask(String challenge) throws IOException {
        wire.say(challenge);
        return wire.line().strip();
    }
}

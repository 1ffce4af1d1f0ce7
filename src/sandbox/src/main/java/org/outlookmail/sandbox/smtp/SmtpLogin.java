package org.outlookmail.sandbox.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.outlookmail.sandbox.access.BasicOffException;
import org.outlookmail.sandbox.access.Credentials;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.access.LoginRefusedException;
import org.outlookmail.sandbox.faults.Protocol;

/**
 * AUTH (RFC 4954): XOAUTH2 in one step or two, LOGIN, which Exchange still offers and refuses, and PLAIN where a mailbox has a
 * password. For the session's thread.
 */
final class SmtpLogin {
    private final SmtpServer server;
    private final SmtpWire wire;

    /** The client answered with an asterisk. */
    private static final class CancelledException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    SmtpLogin(SmtpServer server, SmtpWire wire) {
        this.server = server;
        this.wire = wire;
    }

    /** What EHLO offers within TLS. */
    String offer() {
        return server.gatekeeper().takesPasswords() ? "AUTH LOGIN PLAIN XOAUTH2" : "AUTH LOGIN XOAUTH2";
    }

    /** Runs the exchange; null if it failed, in which case the client has been told. */
    Login authenticate(String arguments, SmtpSession.Strike strike) throws IOException {
        int space = arguments.indexOf(' ');
        String mechanism = (space < 0 ? arguments : arguments.substring(0, space)).toUpperCase(Locale.ROOT);
        String initial = space < 0 ? "" : arguments.substring(space + 1).trim();
        try {
            if (mechanism.equals("XOAUTH2")) {
                return xoauth2(initial, strike);
            }
            if (mechanism.equals("LOGIN")) {
                return login(initial, strike);
            }
            if (mechanism.equals("PLAIN") && server.gatekeeper().takesPasswords()) {
                return plain(initial, strike);
            }
            wire.reply("504 5.7.4 Unrecognized authentication type");
        } catch (CancelledException e) {
            wire.reply("501 5.7.0 Authentication cancelled");
        }
        return null;
    }

    private Login xoauth2(String initial, SmtpSession.Strike strike) throws IOException, CancelledException {
        String answer = answer("334 ", initial);
        if (strike.at("AUTH")) {
            return null;
        }
        try {
            return admit(server.gatekeeper().checkWithRight(Protocol.SMTP, answer));
        } catch (LoginRefusedException e) {
            Optional<String> challenge = server.gatekeeper().refusalChallenge();
            if (challenge.isPresent()) {
                // Whatever the client says to it, the refusal is what follows.
                ask("334 " + challenge.get());
            }
            return refuse(e);
        }
    }

    private Login login(String initial, SmtpSession.Strike strike) throws IOException, CancelledException {
        String user = answer("334 VXNlcm5hbWU6", initial);
        String password = answer("334 UGFzc3dvcmQ6", "");
        if (strike.at("AUTH")) {
            return null;
        }
        try {
            return password(Credentials.login(user, password));
        } catch (LoginRefusedException e) {
            return refuse(e);
        }
    }

    private Login plain(String initial, SmtpSession.Strike strike) throws IOException, CancelledException {
        String answer = answer("334 ", initial);
        if (strike.at("AUTH")) {
            return null;
        }
        try {
            return password(Credentials.plain(answer));
        } catch (LoginRefusedException e) {
            return refuse(e);
        }
    }

    private Login password(Credentials sent) throws LoginRefusedException {
        try {
            return admit(server.gatekeeper().checkPassword(Protocol.SMTP, sent));
        } catch (BasicOffException e) {
            server.counters().refused(e.getMessage());
            wire.reply("550 5.7.30 Basic authentication is not supported for Client Submission. [" + SmtpServer.HOST
                    + "]");
            return null;
        }
    }

    private Login admit(Login login) {
        if (server.faults().limits().smtpAuthDisabled().contains(login.mailbox())) {
            server.counters().refused("SMTP AUTH is switched off for " + login.mailbox());
            wire.reply("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."
                    + " Visit https://aka.ms/smtp_auth_disabled for more information. [" + SmtpServer.HOST + "]");
            return null;
        }
        if (!server.slots().take(login.mailbox())) {
            server.counters().throttled();
            wire.reply(
                    "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more"
                            + " information. [Hostname=" + SmtpServer.HOST + "]");
            return null;
        }
        server.counters().authenticated();
        wire.reply("235 2.7.0 Authentication successful");
        return login;
    }

    private Login refuse(LoginRefusedException why) {
        server.counters().refused(why.getMessage());
        wire.reply("535 5.7.3 Authentication unsuccessful [" + SmtpServer.HOST + " "
                + server.clock().instant().truncatedTo(ChronoUnit.MILLIS) + "]");
        return null;
    }

    /** What came with the command, or else what the client answers to the challenge. */
    private String answer(String challenge, String initial) throws IOException, CancelledException {
        String answer = initial.isEmpty() ? ask(challenge) : initial;
        if (answer.equals("*")) {
            throw new CancelledException();
        }
        return answer;
    }

    private String ask(String challenge) throws IOException {
        wire.reply(challenge);
        String answer = wire.command();
        if (answer == null) {
            throw new EOFException("The client left during AUTH");
        }
        return answer;
    }
}

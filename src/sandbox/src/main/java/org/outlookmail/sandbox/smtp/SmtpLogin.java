package org.outlookmail.sandbox.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.access.LoginRefusedException;
import org.outlookmail.sandbox.faults.Protocol;

/** AUTH: XOAUTH2 in one step or two, and LOGIN, which Exchange still offers and refuses. For the session's thread. */
final class SmtpLogin {
    private final SmtpServer server;
    private final SmtpWire wire;

    SmtpLogin(SmtpServer server, SmtpWire wire) {
        this.server = server;
        this.wire = wire;
    }

    /** Runs the exchange; null if it failed, in which case the client has been told. */
    Login authenticate(String arguments, SmtpSession.Strike strike) throws IOException {
        int space = arguments.indexOf(' ');
        String mechanism = (space < 0 ? arguments : arguments.substring(0, space)).toUpperCase(Locale.ROOT);
        String initial = space < 0 ? "" : arguments.substring(space + 1).trim();
        return switch (mechanism) {
            case "XOAUTH2" -> xoauth2(initial, strike);
            case "LOGIN" -> login(initial);
            default -> {
                wire.reply("504 5.7.4 Unrecognized authentication type");
                yield null;
            }
        };
    }

    private Login xoauth2(String initial, SmtpSession.Strike strike) throws IOException {
        String answer = initial.isEmpty() ? ask("334 ") : initial;
        if (strike.at("AUTH")) {
            return null;
        }
        if (answer.equals("*")) {
            wire.reply("501 5.7.0 Authentication cancelled");
            return null;
        }
        try {
            return admit(server.gatekeeper().checkWithRight(Protocol.SMTP, answer));
        } catch (LoginRefusedException e) {
            server.counters().refused(e.getMessage());
            wire.reply("535 5.7.3 Authentication unsuccessful [" + SmtpServer.HOST + " "
                    + server.clock().instant().truncatedTo(ChronoUnit.MILLIS) + "]");
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

    /** Asks for name and password as Exchange does, then says that neither is of use. */
    private Login login(String initial) throws IOException {
        if (initial.isEmpty()) {
            ask("334 VXNlcm5hbWU6");
        }
        ask("334 UGFzc3dvcmQ6");
        server.counters().refused("basic authentication (AUTH LOGIN)");
        wire.reply("550 5.7.30 Basic authentication is not supported for Client Submission. [" + SmtpServer.HOST + "]");
        return null;
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

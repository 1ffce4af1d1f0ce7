package org.outlookmail.sandbox.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.faults.Fault;
import org.outlookmail.sandbox.faults.Protocol;
import org.outlookmail.sandbox.wire.LineReader.LineTooLongException;
import org.outlookmail.sandbox.wire.Pause;

/**
 * One client's dialogue: reads commands in their order and answers each once, so that pipelining needs nothing more. For one
 * thread. {@link #end} gives back what the session holds.
 */
final class SmtpSession {
    private final SmtpServer server;
    private final SmtpWire wire;
    private final SmtpLogin logins;
    private final SmtpTransaction transaction;
    private final boolean relayed;
    private Login login;
    private boolean greeted;
    private boolean over;

    /** @param relayed whether nobody logs in here */
    SmtpSession(SmtpServer server, SmtpWire wire, boolean relayed) {
        this.relayed = relayed;
        this.server = server;
        this.wire = wire;
        this.logins = new SmtpLogin(server, wire);
        this.transaction = new SmtpTransaction(server, wire, this::struck);
    }

    void run() throws IOException {
        if (!struck("GREETING")) {
            String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    server.clock().instant().atOffset(ZoneOffset.UTC));
            wire.reply("220 " + SmtpServer.HOST + " Microsoft ESMTP MAIL Service ready at " + now);
        }
        while (!over) {
            try {
                String line = wire.command();
                if (line == null) {
                    return;
                }
                server.counters().command();
                answer(line);
            } catch (LineTooLongException e) {
                wire.reply("500 5.5.2 Line too long");
            } catch (SocketTimeoutException e) {
                wire.reply("421 4.4.2 Connection timed out. Total session duration exceeded");
                over = true;
            }
        }
        // Before the last reply: a client that has seen it may open the next connection at once.
        end();
        wire.flush();
    }

    private void answer(String line) throws IOException {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : line.substring(space + 1).trim();
        switch (verb) {
            case "EHLO", "HELO" -> hello(verb, rest);
            case "STARTTLS" -> startTls();
            case "AUTH" -> authenticate(rest);
            case "MAIL" -> mail(rest);
            case "RCPT" -> unlessStruck("RCPT", () -> transaction.recipient(rest));
            case "DATA" -> unlessStruck("DATA", () -> transaction.data(login));
            case "BDAT" -> transaction.chunk(rest, login);
            case "RSET" ->
                unlessStruck("RSET", () -> {
                    transaction.reset();
                    wire.reply("250 2.0.0 Resetting");
                });
            case "NOOP" -> unlessStruck("NOOP", () -> wire.reply("250 2.0.0 OK"));
            case "VRFY" -> wire.reply("252 2.1.5 Cannot VRFY user");
            case "HELP" ->
                wire.reply("214-This server supports the following commands:\r\n"
                        + "214 HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT NOOP VRFY");
            case "QUIT" ->
                unlessStruck("QUIT", () -> {
                    wire.reply("221 2.0.0 Service closing transmission channel");
                    over = true;
                });
            default -> wire.reply("500 5.3.3 Unrecognized command '" + printable(verb) + "'");
        }
    }

    private static String printable(String verb) {
        String plain = verb.replaceAll("[^!-~]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) : plain;
    }

    private void hello(String verb, String name) throws IOException {
        if (struck("EHLO")) {
            return;
        }
        if (!HelloArgument.valid(name)) {
            wire.reply("501 5.5.4 Invalid domain name");
            return;
        }
        greeted = true;
        transaction.reset();
        transaction.helloName(name);
        String hello = SmtpServer.HOST + " Hello [" + wire.clientAddress() + "]";
        if (verb.equals("HELO")) {
            wire.reply("250 " + hello);
            return;
        }
        List<String> lines = new ArrayList<>(List.of(hello));
        lines.addAll(List.of(
                "SIZE " + server.maxMessageBytes(),
                "PIPELINING",
                "DSN",
                "ENHANCEDSTATUSCODES",
                wire.tlsSession() == null ? "STARTTLS" : logins.offer(),
                "8BITMIME",
                "BINARYMIME",
                "CHUNKING",
                "SMTPUTF8"));
        Set<String> without = server.faults().limits().withoutExtensions();
        lines.removeIf(line -> without.contains(line.replaceFirst(" .*", "")) || (relayed && line.startsWith("AUTH")));
        int last = lines.size() - 1;
        for (int i = 0; i <= last; i++) {
            wire.reply((i < last ? "250-" : "250 ") + lines.get(i));
        }
    }

    private void startTls() throws IOException {
        if (struck("STARTTLS")) {
            return;
        }
        if (wire.tlsSession() != null || !greeted) {
            wire.reply("503 5.5.1 Bad sequence of commands");
            return;
        }
        wire.reply("220 2.0.0 SMTP server ready");
        wire.startTls();
        // What was said in the clear is forgotten (RFC 3207, 4.2).
        greeted = false;
        transaction.reset();
    }

    private void authenticate(String rest) throws IOException {
        if (relayed) {
            wire.reply("503 5.5.1 AUTH is not offered here");
        } else if (wire.tlsSession() == null || !greeted) {
            wire.reply(greeted ? "504 5.7.4 Unrecognized authentication type" : "503 5.5.2 Send hello first");
        } else if (login != null) {
            wire.reply("503 5.5.2 Already authenticated");
        } else {
            login = logins.authenticate(rest, this::struck);
        }
    }

    private void mail(String rest) throws IOException {
        if (struck("MAIL")) {
            return;
        }
        if (!greeted) {
            wire.reply("503 5.5.2 Send hello first");
        } else if (relayed && !server.relays(wire.clientAddress())) {
            wire.reply("550 5.7.64 TenantAttribution; Relay Access Denied [" + SmtpServer.HOST + "]");
        } else if (login == null && !relayed) {
            wire.reply("530 5.7.57 Client not authenticated to send mail. [" + SmtpServer.HOST + "]");
        } else {
            transaction.begin(rest);
        }
    }

    private void unlessStruck(String at, Step step) throws IOException {
        if (!struck(at)) {
            step.run();
        }
    }

    /** A part of the dialogue. */
    private interface Step {
        void run() throws IOException;
    }

    /** Asks for a fault at a point of the dialogue. */
    interface Strike {
        /** True when a fault has answered already; a connection that is cut ends in an IOException. */
        boolean at(String point) throws IOException;
    }

    private boolean struck(String at) throws IOException {
        Optional<Fault> fault = server.faults().take(Protocol.SMTP, at);
        if (fault.isEmpty()) {
            return false;
        }
        System.getLogger(SmtpSession.class.getName())
                .log(
                        Level.DEBUG,
                        () -> "SMTP fault at " + at + ": " + fault.get().action());
        switch (fault.get().action()) {
            case DROP -> {
                end();
                wire.drop();
                throw new EOFException("The fault \"drop\" at " + at);
            }
            case STALL -> {
                if (fault.get().stallMillis() == 0) {
                    wire.stall();
                    throw new EOFException("The client left after the fault \"stall\" at " + at);
                }
                Pause.millis(fault.get().stallMillis());
                return false;
            }
            case REPLY -> {
                wire.reply(fault.get().reply());
                over = fault.get().reply().startsWith("421");
                return true;
            }
            default -> throw new IllegalStateException("No such action: " + fault.get());
        }
    }

    /** Gives back the mailbox's slot; may be called again. */
    void end() {
        if (login != null) {
            server.slots().release(login.mailbox());
            login = null;
        }
    }
}

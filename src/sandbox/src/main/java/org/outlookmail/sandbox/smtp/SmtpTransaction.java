package org.outlookmail.sandbox.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSession;
import org.outlookmail.sandbox.access.Login;
import org.outlookmail.sandbox.wire.LineReader.LineTooLongException;

/** One mail transaction, from MAIL to the end of the content: DATA (RFC 5321) or BDAT (RFC 3030). For the session's thread. */
final class SmtpTransaction {
    /** Exchange Online's limit of recipients in one message. */
    private static final int MAX_RECIPIENTS = 1000;

    private static final Set<String> MAIL_PARAMETERS = Set.of("SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH");
    private static final Set<String> RCPT_PARAMETERS = Set.of("NOTIFY", "ORCPT");
    private static final String BAD_SEQUENCE = "503 5.5.1 Bad sequence of commands";
    private static final String TOO_LARGE = "552 5.3.4 Message size exceeds fixed maximum message size";

    private final SmtpServer server;
    private final SmtpWire wire;
    private final SmtpSession.Strike strike;
    private String helloName = "";
    private SmtpPath sender;
    private List<String> recipients = new ArrayList<>();
    private List<String> envelope = new ArrayList<>();
    private ByteArrayOutputStream chunks;

    SmtpTransaction(SmtpServer server, SmtpWire wire, SmtpSession.Strike strike) {
        this.server = server;
        this.wire = wire;
        this.strike = strike;
    }

    void helloName(String name) {
        helloName = name;
    }

    void reset() {
        sender = null;
        recipients = new ArrayList<>();
        envelope = new ArrayList<>();
        chunks = null;
    }

    /** MAIL. */
    void begin(String argument) {
        Optional<SmtpPath> path = SmtpPath.read("FROM", argument);
        if (sender != null) {
            wire.reply("503 5.5.2 Sender already specified");
        } else if (path.isEmpty()
                || !MAIL_PARAMETERS.containsAll(path.get().parameters().keySet())) {
            wire.reply("501 5.5.4 Invalid arguments");
        } else if (!path.get().address().isEmpty() && !path.get().isAddress()) {
            wire.reply("501 5.1.7 Invalid address");
        } else if (path.get().isInternational() && !path.get().parameters().containsKey("SMTPUTF8")) {
            wire.reply("553 5.6.7 The address needs SMTPUTF8");
        } else if (announcedSize(path.get()) > server.maxMessageBytes()) {
            wire.reply(TOO_LARGE);
        } else {
            sender = path.get();
            envelope.add("MAIL " + argument);
            wire.reply("250 2.1.0 Sender OK");
        }
    }

    private static long announcedSize(SmtpPath path) {
        String size = path.parameters().getOrDefault("SIZE", "0");
        return size.matches("\\d{1,18}") ? Long.parseLong(size) : Long.MAX_VALUE;
    }

    /** RCPT. */
    void recipient(String argument) {
        Optional<SmtpPath> path = SmtpPath.read("TO", argument);
        if (sender == null || chunks != null) {
            wire.reply(BAD_SEQUENCE);
        } else if (path.isEmpty()
                || !RCPT_PARAMETERS.containsAll(path.get().parameters().keySet())) {
            wire.reply("501 5.5.4 Invalid arguments");
        } else if (!path.get().isAddress()) {
            wire.reply("501 5.1.3 Invalid address");
        } else if (path.get().isInternational() && !sender.parameters().containsKey("SMTPUTF8")) {
            wire.reply("553 5.6.7 The address needs SMTPUTF8");
        } else if (recipients.size() >= MAX_RECIPIENTS) {
            wire.reply("452 4.5.3 Too many recipients");
        } else if (server.submission().isUnknownHere(path.get().address())) {
            wire.reply("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient "
                    + path.get().address() + " not found by SMTP address lookup");
        } else {
            recipients.add(path.get().address());
            envelope.add("RCPT " + argument);
            wire.reply("250 2.1.5 Recipient OK");
        }
    }

    /** DATA, with its content. */
    void data(Login login) throws IOException {
        if (recipients.isEmpty()
                || chunks != null
                || "BINARYMIME".equalsIgnoreCase(sender.parameters().get("BODY"))) {
            wire.reply(BAD_SEQUENCE);
            return;
        }
        wire.reply("354 Start mail input; end with <CRLF>.<CRLF>");
        Optional<byte[]> content = readData();
        finish(login, content);
    }

    /** The content without the dots that were stuffed; empty if it was too large, though it has been read to its end. */
    private Optional<byte[]> readData() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(8 * 1024);
        boolean tooLarge = false;
        boolean lineStart = true;
        while (true) {
            byte[] line;
            try {
                line = wire.bodyLine((int) Math.min(server.maxMessageBytes(), Integer.MAX_VALUE / 4));
            } catch (LineTooLongException e) {
                tooLarge = true;
                lineStart = true;
                continue;
            }
            if (line == null) {
                throw new EOFException("The client left within DATA");
            }
            // Only a dot between two CR LF ends the content: a bare LF around it is the trick of SMTP smuggling.
            boolean crlf = line.length >= 2 && line[line.length - 2] == '\r';
            if (lineStart && line[0] == '.') {
                if (line.length == 3 && crlf) {
                    return tooLarge ? Optional.empty() : Optional.of(content.toByteArray());
                }
                line = Arrays.copyOfRange(line, 1, line.length);
            }
            lineStart = crlf;
            tooLarge |= content.size() + line.length > server.maxMessageBytes();
            if (!tooLarge) {
                content.writeBytes(line);
            }
        }
    }

    /** BDAT, with its chunk, which is read in any case: it follows the command without waiting for an answer. */
    void chunk(String argument, Login login) throws IOException {
        String[] words = argument.split(" +", -1);
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        if (!words[0].matches("\\d{1,10}") || words.length > 2 || (words.length == 2 && !last)) {
            wire.reply("501 5.5.4 Invalid arguments");
            return;
        }
        long size = Long.parseLong(words[0]);
        boolean first = chunks == null;
        boolean taken = !recipients.isEmpty() && (first ? 0 : chunks.size()) + size <= server.maxMessageBytes();
        ByteArrayOutputStream content = first ? new ByteArrayOutputStream((int) Math.min(size, 64 * 1024)) : chunks;
        wire.chunk(size, taken ? content : OutputStream.nullOutputStream());
        if (first && strike.at("DATA")) {
            reset();
        } else if (recipients.isEmpty()) {
            reset();
            wire.reply(BAD_SEQUENCE);
        } else if (!taken) {
            reset();
            wire.reply(TOO_LARGE);
        } else if (last) {
            finish(login, Optional.of(content.toByteArray()));
        } else {
            chunks = content;
            wire.reply("250 2.6.0 CHUNK received OK, " + size + " octets");
        }
    }

    private void finish(Login login, Optional<byte[]> content) throws IOException {
        SmtpPath from = sender;
        List<String> to = recipients;
        List<String> commands = envelope;
        reset();
        if (strike.at("DOT")) {
            return;
        }
        if (content.isEmpty()) {
            wire.reply(TOO_LARGE);
            return;
        }
        SSLSession tls = wire.tlsSession();
        Submission.Received received = new Submission.Received(
                helloName,
                wire.clientAddress(),
                tls == null ? "" : tls.getProtocol(),
                tls == null ? "" : tls.getCipherSuite(),
                commands);
        Submission.Outcome outcome = login == null
                ? server.submission().relay(from.address(), to, content.get(), received)
                : server.submission().submit(login.mailbox(), from.address(), to, content.get(), received);
        if (outcome.throttled()) {
            server.counters().throttled();
        }
        if (outcome.accepted()) {
            server.counters().message();
            if (strike.at("DELIVERED")) {
                return;
            }
        }
        wire.reply(outcome.reply());
    }
}

package org.outlookmail.sandbox;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of {@link Main}. Read once, by one thread. */
final class CommandLine {
    static final String HELP = """
            Microsoft 365 in a box: Entra, SMTP, IMAP and POP3 on 127.0.0.1, for demos and tests.

            java -jar outlook-mail-sandbox.jar [options]

              --tenant GUID              tenant id
              --client ID                client (application) id
              --secret TEXT              client secret; choose a made-up one
              --mailbox ADDRESS          a mailbox; may be repeated, and replaces the four default ones
              --send-as ADDRESS=OTHER    mailbox ADDRESS may use OTHER in From; may be repeated
              --user UPN=TEXT                a user of the tenant with this password; choose a made-up one
              --basic-password ADDRESS=TEXT   a password that opens mailbox ADDRESS too; choose a made-up one
              --federate SUBJECT         a service account of the box's cluster that proves the client; may be repeated
              --challenge-on-refusal     refuse tokens as Gmail does, with a challenge first
              --entra-port N             Entra, HTTPS (8450); 0 is any free port, here and below
              --smtp-port N              SMTP submission, STARTTLS (8587)
              --smtps-port N             SMTP submission over TLS (8465)
              --graph-port N             Microsoft Graph, HTTPS (8460)
              --metadata-port N          Azure's metadata service, HTTP (8490)
              --relay-port N             a relay: SMTP without a login (8525)
              --relay-from ADDRESS       from where it takes mail (127.0.0.1); may be repeated
              --imap-port N              IMAP, STARTTLS (8143)
              --imaps-port N             IMAP over TLS (8993)
              --pop3-port N              POP3, STLS (8110)
              --pop3s-port N             POP3 over TLS (8995)
              --control-port N           control API, HTTP (8480)
              --random-ports             any free port for each of them
              --token-lifetime SECONDS   how long tokens live (3600)
              --max-connections N        SMTP connections of a mailbox at a time (3); 0 is no limit
              --messages-per-minute N    messages of a mailbox in any 60 seconds (0: no limit)
              --data-dir FOLDER          keep the keys there, so that clients trust the box after a restart too
              --trust-store FILE         write the certificate authority as PKCS#12, password "sandbox"
              --help                     this text
            """;

    private final SandboxBuilder builder = Sandbox.builder();
    private final List<String> mailboxes = new ArrayList<>();
    private final Map<String, Set<String>> sendAs = new HashMap<>();
    private final Set<String> relayFrom = new HashSet<>();
    private Optional<Path> trustStore = Optional.empty();
    private boolean help;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException that names the first option that cannot be understood
     */
    CommandLine(String... arguments) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        while (!left.isEmpty()) {
            read(left.pop(), left);
        }
        for (String address : sendAs.keySet()) {
            if (!mailboxes.contains(address)) {
                throw new IllegalArgumentException("--send-as names " + address + ", which no --mailbox names");
            }
        }
        if (!relayFrom.isEmpty()) {
            builder.relayFrom(relayFrom);
        }
        mailboxes.forEach(address -> builder.mailbox(address, sendAs.getOrDefault(address, Set.of()), null));
    }

    private void read(String option, Deque<String> left) {
        switch (option) {
            case "--help", "-h" -> help = true;
            case "--random-ports" -> builder.randomPorts();
            case "--tenant" -> builder.tenantId(value(option, left));
            case "--client" -> builder.clientId(value(option, left));
            case "--secret" -> builder.clientSecret(value(option, left));
            case "--mailbox" -> mailboxes.add(value(option, left));
            case "--send-as" -> sendAs(value(option, left));
            case "--user" -> user(value(option, left));
            case "--basic-password" -> basicPassword(value(option, left));
            case "--federate" -> builder.federate(value(option, left));
            case "--challenge-on-refusal" -> builder.challengeOnRefusal(true);
            case "--entra-port" -> builder.entraPort(port(option, left));
            case "--smtp-port" -> builder.smtpPort(port(option, left));
            case "--smtps-port" -> builder.smtpsPort(port(option, left));
            case "--graph-port" -> builder.graphPort(port(option, left));
            case "--metadata-port" -> builder.metadataPort(port(option, left));
            case "--relay-port" -> builder.relayPort(port(option, left));
            case "--relay-from" -> relayFrom.add(value(option, left));
            case "--imap-port" -> builder.imapPort(port(option, left));
            case "--imaps-port" -> builder.imapsPort(port(option, left));
            case "--pop3-port" -> builder.pop3Port(port(option, left));
            case "--pop3s-port" -> builder.pop3sPort(port(option, left));
            case "--control-port" -> builder.controlPort(port(option, left));
            case "--token-lifetime" -> builder.tokenLifetime(Duration.ofSeconds(number(option, left)));
            case "--max-connections" -> builder.maxConnections(number(option, left));
            case "--messages-per-minute" -> builder.messagesPerMinute(number(option, left));
            case "--data-dir" -> builder.dataDir(file(option, left));
            case "--trust-store" -> trustStore = Optional.of(file(option, left));
            default -> throw new IllegalArgumentException("Unknown option " + option + "; --help lists the options");
        }
    }

    private void sendAs(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--send-as needs ADDRESS=OTHER, not " + pair);
        }
        sendAs.computeIfAbsent(pair.substring(0, equals), address -> new HashSet<>())
                .add(pair.substring(equals + 1));
    }

    private void basicPassword(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            // What was given may be a password.
            throw new IllegalArgumentException("--basic-password needs ADDRESS=TEXT");
        }
        builder.basicPassword(pair.substring(0, equals), pair.substring(equals + 1));
    }

    private void user(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            // What was given may be a password.
            throw new IllegalArgumentException("--user needs UPN=PASSWORD");
        }
        builder.user(pair.substring(0, equals), pair.substring(equals + 1));
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.pop();
    }

    private static int number(String option, Deque<String> left) {
        String value = value(option, left);
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(option + " needs a whole number, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static int port(String option, Deque<String> left) {
        int port = number(option, left);
        if (port > 65535) {
            throw new IllegalArgumentException(option + " needs a port from 0 to 65535, not " + port);
        }
        return port;
    }

    private static Path file(String option, Deque<String> left) {
        String value = value(option, left);
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(option + " needs a file name, not " + value, e);
        }
    }

    boolean help() {
        return help;
    }

    SandboxBuilder builder() {
        return builder;
    }

    Optional<Path> trustStore() {
        return trustStore;
    }
}

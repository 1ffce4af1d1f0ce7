package org.outlookmail.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Mail servers that nobody here wrote, and what they need around them: Dovecot for IMAP and POP3, Postfix for SMTP, which
 * delivers to Dovecot; tokens that both accept, an endpoint that issues them, and a say in what Postfix answers.
 *
 * <p>Their files lie in a folder of the temporary directory, which goes at the end: the servers' own users must reach it, and
 * the names of their sockets must be short; neither is sure of the place where a project lies. Their logs stay in
 * {@code target/real-servers}.
 *
 * <p>Thread rule: start and close on one thread, the rest on any. {@link #close} ends the processes and waits for their end.
 */
final class RealMailServers implements AutoCloseable {

    static final Path DOVECOT = Path.of("/usr/sbin/dovecot");
    static final Path POSTFIX = Path.of("/usr/sbin/postfix");

    /** Who owns the mailboxes. */
    static final String MAIL_USER = "vmail";

    private static final Path LOGS = Path.of(System.getProperty("project.root", "."), "src/it/target/real-servers");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ServerPorts ports = ServerPorts.choose(
            "imap", "imaps", "pop3", "pop3s", "smtp", "smtps", "smtp-narrow", "smtp-strict", "lmtp", "sasl");
    private final MailTokens tokens = new MailTokens();
    private final ServerCertificate certificate;
    private final PolicyService policy;
    private final TokenEndpoint tokenEndpoint;

    private RealMailServers() throws IOException {
        boolean ready = false;
        try {
            Path folder = Files.createTempDirectory("mail");
            parts.push(() -> delete(folder));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectories(LOGS);
            certificate = ServerCertificate.create(folder);
            tokenEndpoint = part(new TokenEndpoint(tokens, certificate.server()));
            policy = part(new PolicyService());
            part(new Dovecot(folder.resolve("dovecot"), log("dovecot.log"), ports, certificate, tokens));
            part(new Postfix(folder.resolve("postfix"), log("postfix.log"), ports, certificate, policy));
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private static Path log(String name) throws IOException {
        Path log = LOGS.resolve(name);
        Files.deleteIfExists(log);
        return log;
    }

    /**
     * Starts all and waits until all answer. Where they are not installed, the test is skipped, unless this is a build that
     * must not skip it: with CI in the environment or {@code -Dreal.servers.required=true}.
     */
    static RealMailServers start() throws IOException {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            if (System.getenv("CI") != null || Boolean.getBoolean("real.servers.required")) {
                Assertions.fail(missing.get());
            }
            Assumptions.abort(missing.get());
        }
        return new RealMailServers();
    }

    private static Optional<String> missing() throws IOException {
        for (Path program : new Path[] {DOVECOT, POSTFIX}) {
            if (!Files.isExecutable(program)) {
                return Optional.of("real mail servers: " + program + " is missing; .ci/run installs it on Debian");
            }
        }
        try {
            DOVECOT.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(MAIL_USER);
        } catch (UserPrincipalNotFoundException nobody) {
            return Optional.of("real mail servers: there is no user " + MAIL_USER + "; .ci/run adds it");
        }
        return System.getProperty("user.name").equals("root")
                ? Optional.empty()
                : Optional.of("real mail servers: only root can start Dovecot and Postfix");
    }

    /**
     * Of localhost.
     *
     * @param name imap, pop3, smtp (with STARTTLS or STLS), imaps, pop3s, smtps (TLS from the start), or smtp-narrow: as smtp,
     *     with no more than three connections at a time and 30 messages a minute
     */
    int port(String name) {
        return ports.number(name);
    }

    MailTokens tokens() {
        return tokens;
    }

    TokenEndpoint tokenEndpoint() {
        return tokenEndpoint;
    }

    PolicyService policy() {
        return policy;
    }

    /** PKCS12, for everything here that speaks TLS, the token endpoint too. */
    Path trustStore() {
        return certificate.trustStore();
    }

    static String trustStorePassword() {
        return ServerCertificate.PASSWORD;
    }

    /** Of a client that trusts these servers. */
    SSLContext tls() {
        return certificate.client();
    }

    /** What both servers have written. */
    static String logs() throws IOException {
        return Files.readString(LOGS.resolve("dovecot.log")) + Files.readString(LOGS.resolve("postfix.log"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The last to start is the first to end. */
    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("not everything could be ended");
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                failure.addSuppressed(failed);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}

package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.StoredMessage;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.Secret;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;

/**
 * The one sandbox of this JVM. One, because the code under test takes {@code SSLSocketFactory.getDefault()}, which the JDK
 * makes once and never again; the box's authority must be the default before that.
 */
final class TestBox {

    static final String NOREPLY = "noreply@contoso.com";
    static final String ORDERS = "orders@contoso.com";
    static final String SUPPORT = "support@contoso.com";

    /** Somebody with a mailbox and the right to open {@link #SHARED}, which the application may not. */
    static final String USER = "user@contoso.com";

    static final String SHARED = "shared@contoso.com";

    static final String USER_PASSWORD = "a-made-up-user-password";

    /** Long enough for a busy machine; a test that waits for a timeout sets a shorter one. */
    static final MailTimeouts PATIENT =
            new MailTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private static final Sandbox BOX = started();

    private TestBox() {}

    private static Sandbox started() {
        // Without limits: connections of the test before are perhaps still being closed. A test that wants one sets it.
        Sandbox box = Sandbox.builder()
                .randomPorts()
                .maxConnections(0)
                .maxStoreConnections(0)
                .mailbox(NOREPLY)
                .mailbox(ORDERS)
                .mailbox(SUPPORT)
                .mailbox("archive@contoso.com")
                .mailbox(USER)
                .mailbox(SHARED, Set.of(), Set.of(USER))
                .user(USER, USER_PASSWORD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(box::close));
        SSLContext.setDefault(box.sslContext());
        return box;
    }

    /** The box without faults and with all counters at zero; mail of earlier tests is still in it. */
    static Sandbox fresh() {
        BOX.reset();
        return BOX;
    }

    static TokenRequest tokenRequest() {
        return new TokenRequest(
                TokenRequest.entra(BOX.entraUrl(), BOX.tenantId()),
                BOX.tenantId(),
                BOX.clientId(),
                new Credential.ClientSecret(Secret.of(BOX.clientSecret()), Optional.empty()),
                "https://outlook.office365.com/.default",
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    /** A token of {@link #USER} for the servers given. */
    static TokenRequest usersTokenRequest() {
        return new TokenRequest(
                TokenRequest.entra(BOX.entraUrl(), BOX.tenantId()),
                BOX.tenantId(),
                BOX.clientId(),
                new Credential.UserPassword(USER, Secret.of(USER_PASSWORD), Optional.empty()),
                "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All"
                        + " https://outlook.office.com/POP.AccessAsUser.All",
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    /** Where the box serves a protocol. */
    static MailServer server(String protocol) {
        int port = switch (protocol) {
            case "smtp" -> BOX.smtpPort();
            case "smtps" -> BOX.smtpsPort();
            case "imap" -> BOX.imapPort();
            case "imaps" -> BOX.imapsPort();
            case "pop3" -> BOX.pop3Port();
            case "pop3s" -> BOX.pop3sPort();
            default -> throw new IllegalArgumentException(protocol);
        };
        return new MailServer(protocol, "localhost", port);
    }

    static MailAccount account(String mailbox) {
        return account(mailbox, BOX.smtpPort(), BOX.imapsPort(), PATIENT);
    }

    static MailAccount account(String mailbox, int smtpPort, int imapsPort, MailTimeouts timeouts) {
        return account(mailbox, smtpPort, imapsPort, timeouts, Map.of());
    }

    static MailAccount account(
            String mailbox, int smtpPort, int imapsPort, MailTimeouts timeouts, Map<String, String> mailProperties) {
        return new MailAccount(
                mailbox,
                new MailServer("smtp", "localhost", smtpPort),
                new MailServer("imaps", "localhost", imapsPort),
                MailRoute.direct(timeouts),
                new Authentication.Token(tokenRequest()),
                mailProperties);
    }

    /** The authority of another box, as a file that only the test knows. */
    static Optional<TrustStoreFile> trustOf(Sandbox other) {
        try {
            Path file = Files.createTempFile("trust", ".p12");
            file.toFile().deleteOnExit();
            Files.delete(file);
            other.writeTrustStore(file);
            return Optional.of(new TrustStoreFile(file, Optional.of(Secret.of("sandbox"))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A subject that no other test has used, so that tests need not empty mailboxes. */
    static String subject() {
        return "Subject " + UUID.randomUUID();
    }

    /** The one copy of that message that a mailbox has received. */
    static StoredMessage message(String mailbox, String subject) {
        List<StoredMessage> found = BOX.messages(mailbox).stream()
                .filter(message -> message.subject().equals(subject))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** How many copies of that message a mailbox has received. */
    static long received(String mailbox, String subject) {
        return BOX.messages(mailbox).stream()
                .filter(message -> message.subject().equals(subject))
                .count();
    }

    /** How many copies of that message lie in Sent Items, which is where the server puts what it has accepted. */
    static long accepted(String mailbox, String subject) {
        return BOX.messages(mailbox, "Sent Items").stream()
                .filter(message -> message.subject().equals(subject))
                .count();
    }
}

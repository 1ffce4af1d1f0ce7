package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.StoredMessage;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.Secret;
import org.outlookmail.token.TokenRequest;

/**
 * The one sandbox of this JVM. One, because the code under test takes {@code SSLSocketFactory.getDefault()}, which the JDK
 * makes once and never again; the box's authority must be the default before that.
 */
final class TestBox {

    static final String NOREPLY = "noreply@contoso.com";
    static final String ORDERS = "orders@contoso.com";
    static final String SUPPORT = "support@contoso.com";

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

package org.outlookmail.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.PropertyNames;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;

/** Accounts at the {@link TestBox}, and the tokens and servers that belong to them. */
public final class TestAccounts {

    /** Long enough for a busy machine; a test that waits for a timeout sets a shorter one. */
    public static final MailTimeouts PATIENT =
            new MailTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private static final Sandbox BOX = TestBox.box();

    private TestAccounts() {}

    public static TokenRequest tokenRequest() {
        return tokenRequest("https://outlook.office365.com/.default");
    }

    private static TokenRequest tokenRequest(String scope) {
        return new TokenRequest(
                TokenRequest.entra(BOX.entraUrl(), BOX.tenantId()),
                BOX.tenantId(),
                BOX.clientId(),
                new Credential.ClientSecret(Secret.of(BOX.clientSecret()), Optional.empty()),
                scope,
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    /** A token of {@link TestBox#USER} for the servers given. */
    static TokenRequest usersTokenRequest() {
        return new TokenRequest(
                TokenRequest.entra(BOX.entraUrl(), BOX.tenantId()),
                BOX.tenantId(),
                BOX.clientId(),
                new Credential.UserPassword(TestBox.USER, Secret.of(TestBox.USER_PASSWORD), Optional.empty()),
                "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All"
                        + " https://outlook.office.com/POP.AccessAsUser.All",
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    /** What opens a mailbox by a protocol: the application's token or, if it is a user's own, that of the user. */
    static Authentication opening(String mailbox, String protocol) {
        boolean user = mailbox.equals(TestBox.USER) || mailbox.equals(TestBox.SHARED);
        TokenRequest request = user ? usersTokenRequest() : tokenRequest();
        String graph = "https://graph.microsoft.com/";
        return new Authentication.Token(
                protocol.equals("graph")
                        ? request.forScope(user ? graph + "Mail.Send " + graph + "Mail.ReadWrite" : graph + ".default")
                        : request);
    }

    /** One that sends by a protocol and reads by another. */
    static MailAccount mixed(String mailbox, String transport, String store) {
        return new MailAccount(
                mailbox,
                new Endpoint(server(transport), opening(mailbox, transport)),
                new Endpoint(server(store), opening(mailbox, store)),
                MailRoute.direct(PATIENT),
                Map.of(),
                PropertyNames.STANDARD);
    }

    /** Where the box serves a protocol. */
    public static MailServer server(String protocol) {
        int port = switch (protocol) {
            case "smtp" -> BOX.smtpPort();
            case "smtps" -> BOX.smtpsPort();
            case "imap" -> BOX.imapPort();
            case "imaps" -> BOX.imapsPort();
            case "pop3" -> BOX.pop3Port();
            case "pop3s" -> BOX.pop3sPort();
            case "graph" -> BOX.graphUrl().getPort();
            default -> throw new IllegalArgumentException(protocol);
        };
        return new MailServer(protocol, "localhost", port);
    }

    public static MailAccount account(String mailbox) {
        return account(mailbox, BOX.smtpPort(), BOX.imapsPort(), PATIENT);
    }

    public static MailAccount account(String mailbox, int smtpPort, int imapsPort, MailTimeouts timeouts) {
        return account(mailbox, smtpPort, imapsPort, timeouts, Map.of());
    }

    public static MailAccount account(
            String mailbox, int smtpPort, int imapsPort, MailTimeouts timeouts, Map<String, String> mailProperties) {
        return MailAccount.of(
                mailbox,
                new MailServer("smtp", "localhost", smtpPort),
                new MailServer("imaps", "localhost", imapsPort),
                MailRoute.direct(timeouts),
                new Authentication.Token(tokenRequest()),
                mailProperties);
    }

    /** One that is reached over Graph alone. */
    public static MailAccount graph(String mailbox, Map<String, String> mailProperties) {
        return graph(mailbox, PATIENT, mailProperties);
    }

    public static MailAccount graph(String mailbox, MailTimeouts timeouts, Map<String, String> mailProperties) {
        return MailAccount.of(
                mailbox,
                server("graph"),
                server("graph"),
                MailRoute.direct(timeouts),
                new Authentication.Token(tokenRequest("https://graph.microsoft.com/.default")),
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
}

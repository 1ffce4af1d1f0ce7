package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.ConnectProxy;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.TrustStoreFile;

/** Passwords for servers that take them, an own trust store, and a proxy: all against a box that nothing else trusts. */
@Tag("unit")
@ExtendWith(TestBox.class)
class RouteAndPasswordTest {

    private final Connector connector = new Connector();
    private Sandbox box;
    private TrustStoreFile trust;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        box = Sandbox.builder()
                .randomPorts()
                .basicPassword(NOREPLY, "the-password")
                .start();
        Path file = folder.resolve("trust.p12");
        box.writeTrustStore(file);
        trust = new TrustStoreFile(file, Optional.of(Secret.of("sandbox")));
    }

    @AfterEach
    void stop() {
        connector.close();
        box.close();
    }

    private MailConnection connection(String user, String password, Proxy proxy, Optional<TrustStoreFile> trusted) {
        return connector.connection(MailAccount.of(
                NOREPLY,
                new MailServer("smtp", "localhost", box.smtpPort()),
                new MailServer("imaps", "localhost", box.imapsPort()),
                new MailRoute(PATIENT, proxy, trusted),
                new Authentication.Password(user, Secret.of(password)),
                Map.of()));
    }

    private void sendAndRead(MailConnection connection) throws Exception {
        String subject = subject();
        connection.send(Messages.text(subject, ORDERS));
        assertThat(box.messages(ORDERS)).anyMatch(message -> message.subject().equals(subject));
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
    }

    @Test
    void aPasswordOpensTheMailboxWithoutAnyToken() throws Exception {
        sendAndRead(connection(NOREPLY, "the-password", Proxy.NO_PROXY, Optional.of(trust)));

        assertThat(box.state().entra().tokenRequests()).isZero();
    }

    @Test
    void aWrongPasswordIsNamedOnBothSidesAndNeverShown() {
        MailConnection connection = connection(NOREPLY, "mistyped", Proxy.NO_PROXY, Optional.of(trust));

        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS))))
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.PASSWORD_REFUSED);
                    assertThat(diagnosis.toString()).contains(NOREPLY).doesNotContain("mistyped");
                });
        assertThat(diagnosisOf(() -> connection.openFolder("INBOX", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.PASSWORD_REFUSED);
    }

    @Test
    void aMailboxThatTakesNoPasswordsIsToldSo() {
        MailConnection connection = connection(ORDERS, "any", Proxy.NO_PROXY, Optional.of(trust));

        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                        .code())
                .isIn(DiagnosisCode.BASIC_NOT_SUPPORTED, DiagnosisCode.PASSWORD_REFUSED);
    }

    @Test
    void everythingGoesThroughTheProxy() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy()) {
            sendAndRead(connection(NOREPLY, "the-password", proxy.address(), Optional.of(trust)));

            assertThat(proxy.asked()).containsExactly("localhost:" + box.smtpPort(), "localhost:" + box.imapsPort());
        }
    }

    @Test
    void withoutTheTrustStoreTheServerIsAStranger() {
        MailConnection connection = connection(NOREPLY, "the-password", Proxy.NO_PROXY, Optional.empty());

        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                        .code())
                .isEqualTo(DiagnosisCode.MAIL_SERVER_TLS);
    }

    @Test
    void aTrustStoreThatCannotBeReadIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.p12"), "not a trust store");
        MailConnection connection = connection(
                NOREPLY,
                "the-password",
                Proxy.NO_PROXY,
                Optional.of(new TrustStoreFile(file, Optional.of(Secret.of("sandbox")))));

        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS))))
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.TRUST_STORE_UNUSABLE);
                    assertThat(diagnosis.summary()).contains("broken.p12");
                });
    }
}

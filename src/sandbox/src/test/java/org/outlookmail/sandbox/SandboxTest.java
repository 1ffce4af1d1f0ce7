package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, stop and what a box is started with. */
class SandboxTest {
    @TempDir
    private Path folder;

    @Test
    void aPortInUseIsNamedWithItsPurposeAndNothingIsLeftRunning() {
        try (Sandbox first = Sandbox.builder().randomPorts().start()) {
            assertThatThrownBy(() -> Sandbox.builder()
                            .randomPorts()
                            .smtpPort(first.smtpPort())
                            .start())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageStartingWith("Port " + first.smtpPort() + " for SMTP submission cannot be opened");
            assertThatThrownBy(() -> Sandbox.builder()
                            .randomPorts()
                            .imapsPort(first.imapsPort())
                            .start())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("for IMAP over TLS");
            int entra = first.entraUrl().getPort();
            assertThatThrownBy(() ->
                            Sandbox.builder().randomPorts().entraPort(entra).start())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Entra (HTTPS)");
            int control = first.controlUrl().getPort();
            assertThatThrownBy(() ->
                            Sandbox.builder().randomPorts().controlPort(control).start())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("the control API");
        }
    }

    @Test
    void aClosedBoxHasGivenItsPortsBackAndMayBeClosedAgain() throws Exception {
        Sandbox sandbox = Sandbox.builder().randomPorts().start();
        int port = sandbox.smtpPort();
        RawClient client = RawClient.smtp(sandbox, "noreply@contoso.com");

        sandbox.close();
        sandbox.close();

        assertThat(client.line()).isEqualTo("(end)");
        client.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
        assertThatCode(() ->
                        Sandbox.builder().randomPorts().smtpPort(port).start().close())
                .doesNotThrowAnyException();
    }

    @Test
    void twoBoxesLiveSideBySideAndTrustOnlyThemselves() throws Exception {
        try (Sandbox one = Sandbox.builder().randomPorts().start();
                Sandbox two = Sandbox.builder().randomPorts().start();
                RawClient client = RawClient.smtp(two)) {
            assertThat(client.ask("AUTH XOAUTH2 " + RawClient.xoauth2("noreply@contoso.com", one.issueToken())))
                    .startsWith("535");
            assertThat(two.state().smtp().lastRefusal()).contains("signature");
        }
    }

    @Test
    void theTrustStoreOfAKeptFolderServesTheNextStartToo() throws Exception {
        Path file = folder.resolve("deep/trust.p12");
        try (Sandbox first =
                Sandbox.builder().randomPorts().dataDir(folder.resolve("data")).start()) {
            first.writeTrustStore(file);
        }
        KeyStore written = KeyStore.getInstance(file.toFile(), "sandbox".toCharArray());
        try (Sandbox second = Sandbox.builder()
                        .randomPorts()
                        .dataDir(folder.resolve("data"))
                        .start();
                Sandbox other = Sandbox.builder().randomPorts().start()) {
            assertThat(written.getCertificate("outlook-mail-sandbox"))
                    .isNotNull()
                    .isEqualTo(second.trustStore().getCertificate("outlook-mail-sandbox"))
                    .isNotEqualTo(other.trustStore().getCertificate("outlook-mail-sandbox"));
            // The server certificate is signed by it: a handshake succeeds.
            RawClient.smtp(second, "noreply@contoso.com").close();
        }
    }

    @Test
    void everySettingThatMakesNoSenseIsNamedAtOnce() {
        assertThatThrownBy(() -> Sandbox.builder()
                        .randomPorts()
                        .tenantId("contoso")
                        .mailbox("nobody")
                        .tokenLifetime(Duration.ZERO)
                        .maxConnections(-1)
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("tenant id", "\"nobody\"", "token lifetime", "limits");
    }

    @Test
    void ownSettingsTakeThePlaceOfTheDefaults() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .randomPorts()
                .tenantId("99999999-2222-3333-4444-555555555555")
                .clientId("my-client")
                .clientSecret("my-secret")
                .mailbox("me@fabrikam.com")
                .roles("SMTP.SendAsApp")
                .maxConnections(1)
                .start()) {
            assertThat(sandbox.state().mailboxes()).containsOnlyKeys("me@fabrikam.com");
            assertThat(sandbox.tokenEndpoint().getPath())
                    .isEqualTo("/99999999-2222-3333-4444-555555555555/oauth2/v2.0/token");
            try (RawClient client = RawClient.smtp(sandbox, "me@fabrikam.com");
                    RawClient second = RawClient.smtp(sandbox)) {
                assertThat(second.ask("AUTH XOAUTH2 " + RawClient.xoauth2("me@fabrikam.com", sandbox.issueToken())))
                        .startsWith("432");
                assertThat(client.ask("NOOP")).startsWith("250");
            }
        }
    }
}

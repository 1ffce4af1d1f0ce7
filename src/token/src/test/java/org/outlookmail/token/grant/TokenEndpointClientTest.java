package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;

/** Servers that are no identity provider, and none at all. */
@Tag("unit")
@Timeout(60)
class TokenEndpointClientTest {

    private static final HttpSettings HTTP = HttpSettings.direct(Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final MicrosoftGrant grant = new MicrosoftGrant();

    private TokenException refusal(URI tokenEndpoint) {
        Secret secret = Secret.of("the-client-secret");
        return Asking.refusal(
                () -> grant.withSecret(
                        Asking.request(tokenEndpoint, new ClientSecret(secret, Optional.empty()), HTTP), secret),
                secret.reveal());
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        URI closed;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            closed = URI.create("https://localhost:" + server.getLocalPort() + "/token");
        }
        TokenException refusal = refusal(closed);

        assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        assertThat(refusal.diagnosis().summary()).contains(closed.toString(), "could not be reached");
    }

    @Test
    void aHostThatDoesNotExistIsUnreachable() {
        assertThat(refusal(URI.create("https://no-such-host.invalid/token"))
                        .diagnosis()
                        .code())
                .isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
    }

    @Test
    void aServerThatSpeaksNoHttpIsNoTokenEndpoint() throws Exception {
        try (SpeakingServer server = new SpeakingServer("220 mail.example.com ESMTP\r\n")) {
            assertThat(refusal(server.tokenEndpoint()).diagnosis().code())
                    .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsNotTrusted() throws Exception {
        try (SpeakingServer server = new SpeakingServer("HTTP/1.1 400 Plain\r\nContent-Length: 0\r\n\r\n")) {
            URI encrypted = URI.create(server.tokenEndpoint().toString().replace("http:", "https:"));

            assertThat(refusal(encrypted).diagnosis().code()).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_TLS);
        }
    }

    @Test
    void aDateAsRetryAfterCountsAsNone() throws Exception {
        try (SpeakingServer server = new SpeakingServer(
                "HTTP/1.1 503 Busy\r\nRetry-After: Fri, 20 Nov 2026 08:00:00 GMT\r\nContent-Length: 0\r\n\r\n")) {
            TokenException refusal = refusal(server.tokenEndpoint());

            assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
            assertThat(refusal.retryAfter()).isEmpty();
        }
    }

    @Test
    void timeoutsThatTheSocketWouldTakeForEndlessAreRefused() {
        Duration second = Duration.ofSeconds(1);

        assertThat(HttpSettings.direct(Duration.ofMillis(1), second).connect()).hasMillis(1);
        assertThat(HttpSettings.direct(second, second).proxy()).isEqualTo(Proxy.NO_PROXY);
        assertThatThrownBy(() -> HttpSettings.direct(Duration.ofNanos(1), second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpSettings.direct(second, Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpSettings.direct(Duration.ZERO, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpSettings.direct(second, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

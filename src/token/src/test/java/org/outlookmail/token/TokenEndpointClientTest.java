package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.DiagnosisCode;

/** Servers that are no identity provider, and none at all. */
@Tag("unit")
@Timeout(60)
class TokenEndpointClientTest {

    private final ClientSecretGrant grant =
            new ClientSecretGrant(new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)));

    private TokenException refusal(URI authority) {
        TokenRequest request =
                new TokenRequest(authority, "tenant.example.com", "client", Secret.of("s"), "a/.default");
        return catchThrowableOfType(TokenException.class, () -> grant.acquire(request));
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    /** Answers the first connection with a text, whatever it asks. */
    private static URI serverThatSays(ServerSocket server, String text) {
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept()) {
                assertThat(client.getInputStream().read()).isNotNegative();
                client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                client.getOutputStream().flush();
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException gone) {
                // The client has heard enough.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        URI closed;
        try (ServerSocket server = listen()) {
            closed = URI.create("https://localhost:" + server.getLocalPort());
        }
        TokenException refusal = refusal(closed);

        assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        assertThat(refusal.diagnosis().summary()).contains(closed.toString(), "could not be reached");
    }

    @Test
    void aHostThatDoesNotExistIsUnreachable() {
        assertThat(refusal(URI.create("https://no-such-host.invalid"))
                        .diagnosis()
                        .code())
                .isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
    }

    @Test
    void aServerThatSpeaksNoHttpIsNoTokenEndpoint() throws Exception {
        try (ServerSocket server = listen()) {
            assertThat(refusal(serverThatSays(server, "220 mail.example.com ESMTP\r\n"))
                            .diagnosis()
                            .code())
                    .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        }
    }

    @Test
    void aDateAsRetryAfterCountsAsNone() throws Exception {
        try (ServerSocket server = listen()) {
            TokenException refusal = refusal(serverThatSays(
                    server,
                    "HTTP/1.1 503 Busy\r\nRetry-After: Fri, 20 Nov 2026 08:00:00 GMT\r\nContent-Length: 0\r\n\r\n"));

            assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
            assertThat(refusal.retryAfter()).isEmpty();
        }
    }

    @Test
    void timeoutsThatTheSocketWouldTakeForEndlessAreRefused() {
        Duration second = Duration.ofSeconds(1);

        assertThat(new HttpTimeouts(Duration.ofMillis(1), second).connect()).hasMillis(1);
        assertThatThrownBy(() -> new HttpTimeouts(Duration.ofNanos(1), second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HttpTimeouts(second, Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HttpTimeouts(Duration.ZERO, second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HttpTimeouts(second, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

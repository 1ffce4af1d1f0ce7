package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TestKeys;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;

/** Proxies, trust and clocks between this server and the token endpoint. */
@Tag("unit")
@Timeout(60)
@ExtendWith(TestBox.class)
class WayToTheEndpointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Optional<Secret> STORE_PASSWORD = Optional.of(Secret.of(Certificates.TRUST_STORE_PASSWORD));

    @TempDir
    private Path folder;

    private final Sandbox sandbox = TestBox.box();
    private final MicrosoftGrant grant = new MicrosoftGrant();

    private AccessToken acquire(Sandbox from, HttpSettings http) throws TokenException {
        Secret secret = Secret.of(from.clientSecret());
        return grant.withSecret(
                new TokenRequest(
                        from.tokenEndpoint(),
                        from.tenantId(),
                        from.clientId(),
                        new ClientSecret(secret, Optional.empty()),
                        "https://outlook.office365.com/.default",
                        http),
                secret);
    }

    private TokenException refusal(HttpSettings http) {
        return refusal(sandbox, http);
    }

    private TokenException refusal(Sandbox from, HttpSettings http) {
        TokenException refusal = Asking.refusal(() -> acquire(from, http), from.clientSecret());
        assertThat(from.state().entra().tokenRequests()).isZero();
        return refusal;
    }

    private static HttpSettings through(Proxy proxy) {
        return new HttpSettings(PATIENCE, PATIENCE, proxy, Optional.empty());
    }

    private static HttpSettings trusting(TrustStoreFile trust) {
        return new HttpSettings(PATIENCE, PATIENCE, Proxy.NO_PROXY, Optional.of(trust));
    }

    @Test
    void aProxyIsAskedForATunnel() throws Exception {
        try (HttpProxy proxy = new HttpProxy("200 Connection established")) {
            assertThat(acquire(sandbox, through(proxy.address())).value()).isNotEmpty();
            assertThat(proxy.asked())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT ")
                    .contains(Integer.toString(sandbox.tokenEndpoint().getPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"})
    void aProxyThatRefusesIsNamed(String status) throws Exception {
        try (HttpProxy proxy = new HttpProxy(status)) {
            TokenException refusal = refusal(through(proxy.address()));

            assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.PROXY_REFUSED);
            assertThat(refusal.diagnosis().details().get("reply")).contains(status.substring(0, 3));
            assertThat(refusal.diagnosis().details().get("proxy"))
                    .contains(Integer.toString(
                            ((java.net.InetSocketAddress) proxy.address().address()).getPort()));
            assertThat(proxy.asked()).hasSize(1);
        }
    }

    @Test
    void aProxyThatIsDownIsUnreachable() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        }
        TokenException refusal = refusal(through(new Proxy(Proxy.Type.HTTP, nobody)));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        assertThat(refusal.diagnosis().details()).containsEntry("proxy", nobody.toString());
    }

    @Test
    void withoutEncryptionAProxysRefusalIsItsAnswer() throws Exception {
        try (HttpProxy proxy = new HttpProxy("407 Proxy Authentication Required")) {
            ClientSecret credential = new ClientSecret(Secret.of("the-client-secret"), Optional.empty());
            TokenRequest plain =
                    Asking.request(URI.create("http://login.example.com/token"), credential, through(proxy.address()));

            assertThat(Asking.code(
                            Asking.refusal(() -> grant.withSecret(plain, credential.secret()), "the-client-secret")))
                    .isEqualTo(DiagnosisCode.PROXY_REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "pem"})
    void anAuthorityOfOursIsTrusted(String kind) throws Exception {
        try (Sandbox stranger = Sandbox.builder().randomPorts().start()) {
            Path file = folder.resolve("trust");
            if (kind.equals("pem")) {
                Files.writeString(file, stranger.caPem());
            } else {
                stranger.writeTrustStore(file);
            }
            Optional<Secret> password = kind.equals("pem") ? Optional.empty() : STORE_PASSWORD;

            assertThat(acquire(stranger, trusting(new TrustStoreFile(file, password)))
                            .value())
                    .isNotEmpty();
        }
    }

    @Test
    void aTrustStoreOfOursReplacesTheServers() throws Exception {
        Path file = folder.resolve("trust");
        Files.writeString(file, TestKeys.rsa().certificatePem());
        TokenException refusal = refusal(trusting(new TrustStoreFile(file, Optional.empty())));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_TLS);
        assertThat(refusal.diagnosis().details()).containsEntry("trustStore", file.toString());
    }

    @Test
    void aChangedTrustStoreCountsAtOnce() throws Exception {
        Path file = folder.resolve("trust");
        Files.writeString(file, TestKeys.rsa().certificatePem());
        HttpSettings http = trusting(new TrustStoreFile(file, Optional.empty()));
        refusal(http);
        Files.writeString(file, sandbox.caPem());

        assertThat(acquire(sandbox, http).value()).isNotEmpty();
    }

    @Test
    void aTrustStoreThatIsMissingIsNamed() {
        Path file = folder.resolve("missing.p12");
        TokenException refusal = refusal(trusting(new TrustStoreFile(file, STORE_PASSWORD)));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TRUST_STORE_UNUSABLE);
        assertThat(refusal.diagnosis().summary()).contains(file.toString());
    }

    @Test
    void aWrongPasswordOfTheTrustStoreIsNamed() throws Exception {
        Path file = folder.resolve("trust.p12");
        sandbox.writeTrustStore(file);
        TokenException refusal =
                refusal(trusting(new TrustStoreFile(file, Optional.of(Secret.of("mistyped-password")))));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TRUST_STORE_UNUSABLE);
        assertThat(refusal.toString()).doesNotContain("mistyped-password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing of the kind", "-----BEGIN CERTIFICATE-----\nMIIB"})
    void aTrustStoreThatIsNoneIsNamed(String content) throws Exception {
        Path file = folder.resolve("trust");
        Files.writeString(file, content);

        assertThat(Asking.code(refusal(trusting(new TrustStoreFile(file, STORE_PASSWORD)))))
                .isEqualTo(DiagnosisCode.TRUST_STORE_UNUSABLE);
    }

    private static AccessToken acquireFrom(SpeakingServer server) throws TokenException {
        Secret secret = Secret.of("the-client-secret");
        return new MicrosoftGrant()
                .withSecret(Asking.request(server.tokenEndpoint(), new ClientSecret(secret, Optional.empty())), secret);
    }

    private static String answer(int status, String body, Duration ahead) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(ahead).atOffset(ZoneOffset.UTC));
        return "HTTP/1.1 " + status + " Said\r\nDate: " + date
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    @ParameterizedTest
    @CsvSource({"6, behind", "-6, ahead of"})
    void aClockThatIsWrongIsToldWithTheToken(int minutes, String direction) throws Exception {
        String token = "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":3599}";
        try (SpeakingServer server = new SpeakingServer(answer(200, token, Duration.ofMinutes(minutes)));
                CapturedLog log = CapturedLog.of(ReceivedToken.class)) {
            AccessToken received = acquireFrom(server);

            assertThat(log.records(Level.WARNING))
                    .singleElement()
                    .satisfies(told -> assertThat(told.getMessage())
                            .contains(
                                    "OMC-1107",
                                    direction,
                                    server.tokenEndpoint().toString()));
            assertThat(received.lifetime()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, 0, 4})
    void aClockThatIsNearlyRightIsNotWorthAWord(int minutes) throws Exception {
        String token = "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":3599}";
        try (SpeakingServer server = new SpeakingServer(answer(200, token, Duration.ofMinutes(minutes)));
                CapturedLog log = CapturedLog.of(ReceivedToken.class)) {
            acquireFrom(server);

            assertThat(log.records(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void aRefusalTellsHowFarTheClockIsOff() throws Exception {
        String refused = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: Not within its time.\"}";
        try (SpeakingServer server = new SpeakingServer(answer(401, refused, Duration.ofHours(1)))) {
            TokenException refusal = Asking.refusal(() -> acquireFrom(server), "the-client-secret");

            assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.CERTIFICATE_REFUSED);
            assertThat(Integer.parseInt(refusal.diagnosis().details().get("clockDifferenceSeconds")))
                    .isBetween(3590, 3610);
        }
    }
}

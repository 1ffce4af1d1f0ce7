package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.durable.FileStore;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.TrustStoreFile;

/** One sign-in for every server and every restart, until the refresh token ends. Row M5. */
@Tag("unit")
@Timeout(60)
class DeviceSignInTest {

    private static final String MAILBOX = "orders@contoso.com";
    private static final String SCOPE = "https://outlook.office.com/SMTP.Send";

    private Sandbox box;
    private HttpSettings http;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        box = Sandbox.builder()
                .randomPorts()
                .user(MAILBOX, "pw")
                .singleUseRefreshTokens(true)
                .start();
        Path trust = folder.resolve("trust.p12");
        box.writeTrustStore(trust);
        http = new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Proxy.NO_PROXY,
                Optional.of(new TrustStoreFile(trust, Optional.of(Secret.of("sandbox")))));
    }

    @AfterEach
    void stop() {
        box.close();
    }

    private TokenRequest request(Optional<URI> deviceEndpoint) {
        return new TokenRequest(
                TokenRequest.entra(box.entraUrl(), box.tenantId()),
                box.tenantId(),
                box.clientId(),
                new Credential.Delegated(MAILBOX, deviceEndpoint, Optional.empty(), Optional.empty()),
                SCOPE,
                http);
    }

    private TokenRequest request() {
        return request(Optional.of(URI.create(box.entraUrl() + "/" + box.tenantId() + "/oauth2/v2.0/devicecode")));
    }

    /** A server that has just started: its cache is empty, the file is where it was. */
    private TokenService server() {
        return new TokenService(
                new Cluster(
                        new CacheConfiguration(
                                Optional.empty(),
                                Optional.empty(),
                                "tokens",
                                Optional.empty(),
                                Optional.of(Secret.of("the cache's key")),
                                Optional.empty()),
                        "node",
                        Runnable::run,
                        Clock.systemUTC()),
                Optional.of(new FileStore(folder.resolve("refresh-tokens"))),
                Grants::new,
                Runnable::run,
                Clock.systemUTC());
    }

    private DeviceSignIn started(TokenService server) throws TokenException {
        return DeviceSignIn.start(server, request(), Clock.systemUTC());
    }

    private static void awaitDone(DeviceSignIn signIn) {
        await().atMost(Duration.ofSeconds(30)).until(signIn::poll);
    }

    private DiagnosisCode refusal(TokenService server) {
        return catchThrowableOfType(TokenException.class, () -> server.source().token(request()))
                .diagnosis()
                .code();
    }

    @Test
    void whoeverHasSignedInOnceGetsTokensAlsoAfterTheRestartOfEveryServer() throws Exception {
        try (TokenService server = server()) {
            assertThat(refusal(server)).isEqualTo(DiagnosisCode.SIGN_IN_MISSING);
            DeviceSignIn signIn = started(server);
            assertThat(signIn.userCode()).hasSize(9);
            assertThat(signIn.verificationUri()).hasPath("/common/oauth2/deviceauth");
            assertThat(signIn.poll()).isFalse();
            box.entra().signIn(signIn.userCode(), MAILBOX);
            awaitDone(signIn);

            assertThat(signIn.user()).contains(MAILBOX);
            AccessToken token = server.source().token(request());
            assertThat(token.claims().values())
                    .containsEntry("scp", "SMTP.Send")
                    .containsEntry("upn", MAILBOX);
            assertThat(box.state().entra().grant("refresh_token").issued())
                    .as("the sign-in brought the first token itself")
                    .isZero();
        }
        for (int restart = 1; restart <= 3; restart++) {
            try (TokenService server = server()) {
                server.source().token(request());
            }
            assertThat(box.state().entra().grant("refresh_token").issued()).isEqualTo(restart);
        }
    }

    @Test
    void aPollTooSoonMakesNoRequest() throws Exception {
        try (TokenService server = server()) {
            DeviceSignIn signIn = started(server);
            signIn.poll();
            long before = box.state().entra().tokenRequests();
            signIn.poll();
            signIn.poll();

            assertThat(box.state().entra().tokenRequests()).isEqualTo(before);
        }
    }

    @Test
    void whoDeclinesIsToldSo() throws Exception {
        try (TokenService server = server()) {
            DeviceSignIn signIn = started(server);
            box.entra().declineSignIn(signIn.userCode());

            assertThat(catchThrowableOfType(TokenException.class, signIn::poll)
                            .diagnosis()
                            .code())
                    .isEqualTo(DiagnosisCode.SIGN_IN_FAILED);
        }
    }

    @Test
    void aRefreshTokenThatHasEndedIsNamedAndANewSignInCuresIt() throws Exception {
        try (TokenService server = server()) {
            DeviceSignIn signIn = started(server);
            box.entra().signIn(signIn.userCode(), MAILBOX);
            awaitDone(signIn);
        }
        try (TokenService server = server()) {
            box.entra().expireRefreshTokens();
            assertThat(refusal(server)).isEqualTo(DiagnosisCode.REFRESH_TOKEN_EXPIRED);
            DeviceSignIn again = started(server);
            box.entra().signIn(again.userCode(), MAILBOX);
            awaitDone(again);
            assertThat(server.source().token(request()).value()).isNotEmpty();
        }
        try (TokenService server = server()) {
            box.entra().revokeRefreshTokens();
            assertThat(refusal(server)).isEqualTo(DiagnosisCode.REFRESH_TOKEN_REVOKED);
        }
    }

    @Test
    void anApplicationThatIsNotThereIsNamed() {
        TokenRequest known = request();
        TokenRequest unknown = new TokenRequest(
                known.tokenEndpoint(),
                known.tenantId(),
                "99999999-7777-8888-9999-000000000000",
                known.credential(),
                SCOPE,
                http);
        try (TokenService server = server()) {
            assertThat(catchThrowableOfType(
                                    TokenException.class, () -> DeviceSignIn.start(server, unknown, Clock.systemUTC()))
                            .diagnosis()
                            .code())
                    .isEqualTo(DiagnosisCode.APPLICATION_UNKNOWN);
        }
    }

    @Test
    void aProviderWithoutASignInIsNamedWithTheWayOut() {
        try (TokenService server = server()) {
            TokenException refusal = catchThrowableOfType(
                    TokenException.class,
                    () -> DeviceSignIn.start(server, request(Optional.empty()), Clock.systemUTC()));

            assertThat(refusal.diagnosis().toString()).contains("deviceAuthorizationEndpoint", "refreshToken");
        }
    }
}

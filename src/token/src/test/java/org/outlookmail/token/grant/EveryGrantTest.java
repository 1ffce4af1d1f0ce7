package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretBasic;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.Credential;
import org.outlookmail.token.Credential.Client;
import org.outlookmail.token.Credential.ClientCertificate;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.Credential.Federated;
import org.outlookmail.token.Credential.ServiceAccount;
import org.outlookmail.token.Credential.UserPassword;
import org.outlookmail.token.FederatedTokenFile;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.ServiceAccountFile;
import org.outlookmail.token.TestKeys;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;

/** Each grant against Microsoft 365 in a box: the token it gets, and what it makes of an endpoint's troubles. */
@Tag("unit")
@Timeout(120)
@ExtendWith(TestBox.class)
class EveryGrantTest {

    private static final TestKeys KEYS = TestKeys.rsa();
    private static final String APP_SCOPE = "https://outlook.office365.com/.default";
    private static final String USER_SCOPE = "https://outlook.office.com/SMTP.Send offline_access";

    @TempDir
    private Path folder;

    private final Sandbox sandbox = TestBox.box();
    private final TokenService service = service();
    private final Grants grants = new Grants(service.refreshTokens());
    private KeyStoreFile keys;

    /** The ways to a token, and what is counted for each. */
    private enum Way {
        ENTRA_SECRET("client_credentials"),
        ENTRA_CERTIFICATE("client_credentials"),
        ENTRA_FEDERATED("client_credentials"),
        ENTRA_PASSWORD("password"),
        ENTRA_PASSWORD_WITH_SECRET("password"),
        GENERIC_BASIC("client_credentials"),
        GENERIC_POST("client_credentials"),
        GENERIC_KEY("client_credentials"),
        GENERIC_REFRESH("refresh_token"),
        GENERIC_REFRESH_WITH_SECRET("refresh_token"),
        GOOGLE("urn:ietf:params:oauth:grant-type:jwt-bearer");

        private final String grantType;

        Way(String grantType) {
            this.grantType = grantType;
        }
    }

    @BeforeEach
    void register() throws Exception {
        Files.write(folder.resolve("client.p12"), KEYS.store("PKCS12"));
        keys = new KeyStoreFile(
                folder.resolve("client.p12"), Optional.of(Secret.of(TestKeys.PASSWORD)), Optional.empty());
        sandbox.entra().registerCertificate(KEYS.certificate());
        sandbox.entra()
                .federate(sandbox.clientId(), sandbox.entra().clusterIssuer(), "system:serviceaccount:shop:mailer");
        Files.writeString(folder.resolve("pod-token"), sandbox.entra().assertion("system:serviceaccount:shop:mailer"));
        Files.writeString(folder.resolve("google.json"), sandbox.entra().googleServiceAccountKey());
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static TokenService service() {
        return new TokenService(
                new Cluster(
                        new CacheConfiguration(
                                Optional.empty(),
                                Optional.empty(),
                                "every-grant",
                                Optional.empty(),
                                Optional.of(Secret.of("the-token-cache-key")),
                                Optional.empty()),
                        "node",
                        Runnable::run,
                        Clock.systemUTC()),
                Optional.empty(),
                Grants::new,
                Runnable::run,
                Clock.systemUTC());
    }

    private Credential credential(Way way) {
        Secret secret = Secret.of(sandbox.clientSecret());
        Secret password = Secret.of(TestBox.USER_PASSWORD);
        return switch (way) {
            case ENTRA_SECRET -> new ClientSecret(secret, Optional.empty());
            case ENTRA_CERTIFICATE -> new ClientCertificate(keys);
            case ENTRA_FEDERATED -> new Federated(new FederatedTokenFile(folder.resolve("pod-token")));
            case ENTRA_PASSWORD -> new UserPassword(TestBox.USER, password, Optional.empty());
            case ENTRA_PASSWORD_WITH_SECRET ->
                new UserPassword(TestBox.USER, password, Optional.of(new SecretPost(secret)));
            case GENERIC_BASIC -> new Client(new SecretBasic(secret));
            case GENERIC_POST -> new Client(new SecretPost(secret));
            case GENERIC_KEY -> new Client(new PrivateKeyJwt(keys));
            case GENERIC_REFRESH -> signedIn(Optional.empty());
            case GENERIC_REFRESH_WITH_SECRET -> signedIn(Optional.of(new SecretBasic(secret)));
            case GOOGLE -> new ServiceAccount(new ServiceAccountFile(folder.resolve("google.json")), TestBox.USER);
        };
    }

    private Delegated signedIn(Optional<org.outlookmail.token.ClientAuthentication> client) {
        return new Delegated(
                TestBox.USER,
                Optional.empty(),
                client,
                Optional.of(Secret.of(sandbox.entra().genericRefreshToken(TestBox.USER))));
    }

    private URI endpoint(Way way) {
        if (way == Way.GOOGLE) {
            return sandbox.entraUrl().resolve("/google/token");
        }
        return way.name().startsWith("GENERIC") ? sandbox.entraUrl().resolve("/oauth/token") : sandbox.tokenEndpoint();
    }

    private static String scope(Way way) {
        if (way == Way.GOOGLE) {
            return "https://mail.google.com/";
        }
        return way.grantType.equals("client_credentials") ? APP_SCOPE : USER_SCOPE;
    }

    private TokenRequest request(Way way, Credential credential, HttpSettings http) {
        return new TokenRequest(
                endpoint(way),
                way.name().startsWith("ENTRA") ? sandbox.tenantId() : "",
                way == Way.GOOGLE ? "the-service-account" : sandbox.clientId(),
                credential,
                scope(way),
                http);
    }

    private AccessToken acquire(Way way) throws TokenException {
        return grants.acquire(request(way, credential(way), Asking.HTTP));
    }

    private TokenException refusal(Way way, Credential credential) {
        return refusal(request(way, credential, Asking.HTTP));
    }

    /** One request, and nothing secret in what is told of it. */
    private TokenException refusal(TokenRequest request) {
        TokenException refusal = Asking.refusal(
                () -> grants.acquire(request), sandbox.clientSecret(), TestBox.USER_PASSWORD, TestKeys.PASSWORD);
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
        return refusal;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aTokenCosts1Request(Way way) throws Exception {
        AccessToken token = acquire(way);

        assertThat(token.lifetime()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
        assertThat(sandbox.state().entra().grant(way.grantType).issued()).isEqualTo(1);
        switch (way.grantType) {
            case "client_credentials" ->
                assertThat(token.claims().values())
                        .containsEntry("appid", sandbox.clientId())
                        .hasEntrySatisfying("roles", roles -> assertThat(roles).contains("SMTP.SendAsApp"));
            case "password", "refresh_token" ->
                assertThat(token.claims().values())
                        .containsEntry("upn", TestBox.USER)
                        .hasEntrySatisfying("scp", scopes -> assertThat(scopes).contains("SMTP.Send"));
            default -> assertThat(token.claims().values()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "locked@contoso.com, USER_LOCKED",
        "disabled@contoso.com, USER_LOCKED",
        "expired@contoso.com, USER_PASSWORD_EXPIRED",
        "second-factor@contoso.com, SECOND_FACTOR_REQUIRED",
        "policy@contoso.com, CONDITIONAL_ACCESS",
        "no-consent@contoso.com, CONSENT_MISSING",
        "nobody@contoso.com, USER_UNKNOWN"
    })
    void aUserWhomEntraDoesNotLetInIsDiagnosed(String user, DiagnosisCode code) {
        assertThat(Asking.code(refusal(
                        Way.ENTRA_PASSWORD,
                        new UserPassword(user, Secret.of(TestBox.USER_PASSWORD), Optional.empty()))))
                .isEqualTo(code);
    }

    @Test
    void aWrongPasswordIsNamed() {
        assertThat(Asking.code(refusal(
                        Way.ENTRA_PASSWORD,
                        new UserPassword(TestBox.USER, Secret.of("seen-by-nobody"), Optional.empty()))))
                .isEqualTo(DiagnosisCode.USER_PASSWORD_WRONG);
    }

    @Test
    void aCertificateThatEntraDoesNotKnowIsNamed() throws Exception {
        Files.write(folder.resolve("client.p12"), TestKeys.rsa().store("PKCS12"));

        assertThat(Asking.code(refusal(Way.ENTRA_CERTIFICATE, new ClientCertificate(keys))))
                .isEqualTo(DiagnosisCode.CERTIFICATE_REFUSED);
    }

    @Test
    void aCertificateThatIsReplacedOnBothSidesIsUsedWithoutARestart() throws Exception {
        acquire(Way.ENTRA_CERTIFICATE);
        TestKeys next = TestKeys.rsa();
        sandbox.entra().registerCertificate(next.certificate());
        sandbox.entra().removeCertificate(KEYS.certificate());
        Files.write(folder.resolve("client.p12"), next.store("PKCS12"));

        assertThat(acquire(Way.ENTRA_CERTIFICATE).value()).isNotEmpty();
        assertThat(acquire(Way.GENERIC_KEY).value()).isNotEmpty();
    }

    @Test
    void aSecretThatExpiresMakesWayForTheNext() throws Exception {
        sandbox.entra().addSecret("the-next-secret");
        ClientSecret both =
                new ClientSecret(Secret.of(sandbox.clientSecret()), Optional.of(Secret.of("the-next-secret")));
        TokenRequest request = request(Way.ENTRA_SECRET, both, Asking.HTTP);
        grants.acquire(request);
        sandbox.entra().expireSecret(sandbox.clientSecret());
        assertThat(grants.acquire(request).value()).isNotEmpty();
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(3);

        grants.acquire(request);
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(4);
    }

    @Test
    void aSecretOfThatClientWhichIsWrongIsNamed() {
        assertThat(Asking.code(refusal(Way.GENERIC_BASIC, new Client(new SecretBasic(Secret.of("seen-by-nobody"))))))
                .isEqualTo(DiagnosisCode.CLIENT_REFUSED);
    }

    @Test
    void refreshTokensThatAreGoodForOneUseFollowOneAnother() throws Exception {
        TokenRequest request = request(Way.GENERIC_REFRESH, credential(Way.GENERIC_REFRESH), Asking.HTTP);
        for (int exchange = 0; exchange < 3; exchange++) {
            assertThat(grants.acquire(request).value()).isNotEmpty();
        }
    }

    @Test
    void aRefreshTokenThatIsNoMoreAsksForASignIn() {
        Credential credential = credential(Way.GENERIC_REFRESH);
        sandbox.entra().revokeRefreshTokens();

        assertThat(Asking.code(refusal(Way.GENERIC_REFRESH, credential)))
                .isEqualTo(DiagnosisCode.REFRESH_TOKEN_REVOKED);
    }

    @Test
    void aUserForWhomTheServiceAccountMayNotActIsNamed() {
        sandbox.entra().refuseGoogleUser("secretary@contoso.com");

        assertThat(Asking.code(refusal(
                        Way.GOOGLE,
                        new ServiceAccount(
                                new ServiceAccountFile(folder.resolve("google.json")), "secretary@contoso.com"))))
                .isEqualTo(DiagnosisCode.GRANT_NOT_ALLOWED);
    }

    @Test
    void aKeyThatGoogleDoesNotKnowIsNamed() throws Exception {
        String pem = TestKeys.block("PRIVATE KEY", KEYS.pair().getPrivate().getEncoded());
        Files.writeString(
                folder.resolve("google.json"),
                sandbox.entra()
                        .googleServiceAccountKey()
                        .replaceFirst(
                                "-----BEGIN PRIVATE KEY-----.*-----END PRIVATE KEY-----(\\\\n)?",
                                pem.replace("\r", "").replace("\n", "\\\\n")));

        assertThat(Asking.code(refusal(Way.GOOGLE, credential(Way.GOOGLE))))
                .isEqualTo(DiagnosisCode.SERVICE_ACCOUNT_REFUSED);
    }

    /** What goes wrong at an endpoint; JSON, a page, nothing. */
    private enum Trouble {
        THROTTLED(429, 5, "{\"error\":\"too_many_requests\"}", DiagnosisCode.TOKEN_ENDPOINT_THROTTLED),
        THROTTLED_WITHOUT_A_BODY(429, 5, "", DiagnosisCode.TOKEN_ENDPOINT_THROTTLED),
        THROTTLED_WITHOUT_A_WAIT(429, -1, "", DiagnosisCode.TOKEN_ENDPOINT_THROTTLED),
        DOWN(503, -1, "<html><body>Sorry</body></html>", DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE),
        BROKEN(500, -1, "{\"error\":\"server_error\"}", DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE),
        DOWN_FOR_A_MOMENT(400, -1, "{\"error\":\"temporarily_unavailable\"}", DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE),
        BROKEN_FOR_A_MOMENT(400, -1, "{\"error\":\"server_error\"}", DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE),
        DIRECTORY_DOWN(
                400,
                -1,
                "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS90033: Not now.\"}",
                DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE),
        GARBAGE(200, -1, "{ garbage", DiagnosisCode.TOKEN_ANSWER_UNUSABLE),
        GARBAGE_AROUND_A_TOKEN(
                200,
                -1,
                "{\"token_type\":\"Bearer\",\"access_token\":\"seen-by-nobody\" garbage",
                DiagnosisCode.TOKEN_ANSWER_UNUSABLE),
        NO_TOKEN(200, -1, "{\"token_type\":\"Bearer\",\"expires_in\":3599}", DiagnosisCode.TOKEN_ANSWER_UNUSABLE),
        LOGIN_PAGE(200, -1, "<html><body>Log in</body></html>", DiagnosisCode.TOKEN_ANSWER_UNUSABLE),
        FORBIDDEN_PAGE(403, -1, "<html><body>No</body></html>", DiagnosisCode.TOKEN_ANSWER_UNUSABLE),
        ELSEWHERE(302, -1, "", DiagnosisCode.TOKEN_ANSWER_UNUSABLE);

        private final int status;
        private final int retryAfterSeconds;
        private final String body;
        private final DiagnosisCode code;

        Trouble(int status, int retryAfterSeconds, String body, DiagnosisCode code) {
            this.status = status;
            this.retryAfterSeconds = retryAfterSeconds;
            this.body = body;
            this.code = code;
        }
    }

    static Stream<Arguments> troublesOfEachWay() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(way, trouble)));
    }

    @ParameterizedTest
    @MethodSource("troublesOfEachWay")
    void troubleOfTheEndpointIsDiagnosedWith1Request(Way way, Trouble trouble) {
        sandbox.faults(new FaultPlan().token(trouble.status, trouble.retryAfterSeconds, trouble.body, 9));
        TokenException refusal = refusal(way, credential(way));

        assertThat(Asking.code(refusal)).isEqualTo(trouble.code);
        assertThat(refusal.diagnosis().details()).containsEntry("httpStatus", Integer.toString(trouble.status));
        assertThat(refusal.retryAfter())
                .isEqualTo(
                        trouble.retryAfterSeconds < 0
                                ? Optional.empty()
                                : Optional.of(Duration.ofSeconds(trouble.retryAfterSeconds)));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStallEndsWithTheReadTimeout(Way way) {
        sandbox.faults(new FaultPlan().stallToken(3_000, 1));
        TokenException refusal = refusal(
                request(way, credential(way), HttpSettings.direct(Duration.ofSeconds(5), Duration.ofMillis(300))));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        assertThat(refusal.diagnosis().summary()).contains("did not answer in time");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anEndpointThatIsNotTrustedGetsNothing(Way way) throws Exception {
        Path trust = folder.resolve("strangers.pem");
        Files.writeString(trust, KEYS.certificatePem());
        HttpSettings strangers = new HttpSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                java.net.Proxy.NO_PROXY,
                Optional.of(new org.outlookmail.token.TrustStoreFile(trust, Optional.empty())));
        TokenException refusal = Asking.refusal(() -> grants.acquire(request(way, credential(way), strangers)));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_TLS);
        assertThat(sandbox.state().entra().tokenRequests()).isZero();
    }
}

package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretBasic;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.Credential;
import org.outlookmail.token.Credential.Client;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.Credential.UserPassword;
import org.outlookmail.token.Grant;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.Grants;

/** Tokens of a provider that nobody here wrote. */
@Tag("real-server")
@Timeout(300)
class KeycloakIT {

    private static final String SECRET = "the-client-secret, with % and +";
    private static final String USER = "sales@contoso.com";
    private static final String USER_PASSWORD = "the-user-password";

    @TempDir
    private static Path folder;

    private static Keycloak keycloak;
    private static KeyStoreFile key;

    private final AtomicReference<Grant> grants = new AtomicReference<>();
    private final TokenService tokens = service();

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = Certificates.open(folder);
        Path file = folder.resolve("client.pem");
        Files.writeString(
                file,
                Pem.of("PRIVATE KEY", certificates.signing().getPrivate().getEncoded())
                        + Pem.of(
                                "CERTIFICATE", certificates.signingCertificate().getEncoded()));
        key = new KeyStoreFile(file, Optional.empty(), Optional.empty());
        String certificate = Base64.getEncoder()
                .encodeToString(certificates.signingCertificate().getEncoded());
        keycloak = new Keycloak(
                Path.of(System.getProperty("keycloak.home")), realm().replace("${certificate}", certificate));
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @AfterEach
    void close() {
        tokens.close();
    }

    private static String realm() throws IOException {
        try (InputStream file = KeycloakIT.class.getResourceAsStream("/keycloak-realm.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TokenService service() {
        return new TokenService(
                new Cluster(
                        new CacheConfiguration(
                                Optional.empty(),
                                Optional.empty(),
                                "keycloak",
                                Optional.empty(),
                                Optional.of(Secret.of("a-token-cache-key-of-this-test")),
                                Optional.empty()),
                        "node",
                        Runnable::run,
                        Clock.systemUTC()),
                Optional.empty(),
                refreshTokens -> {
                    grants.set(new Grants(refreshTokens));
                    return grants.get();
                },
                Runnable::run,
                Clock.systemUTC());
    }

    private static TokenRequest request(String clientId, Credential credential) {
        return new TokenRequest(
                keycloak.tokenEndpoint(),
                "",
                clientId,
                credential,
                "email",
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(30)));
    }

    private AccessToken token(String clientId, Credential credential) throws TokenException {
        return tokens.source().token(request(clientId, credential));
    }

    private TokenException refusal(String clientId, Credential credential, String... secrets) {
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> token(clientId, credential));
        assertThat(refusal).isNotNull();
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace, true));
        for (String secret : secrets) {
            assertThat(trace.toString()).doesNotContain(secret);
        }
        return refusal;
    }

    private static DiagnosisCode code(TokenException refusal) {
        return refusal.diagnosis().code();
    }

    private static String claim(AccessToken token, String name) throws Exception {
        return SignedJWT.parse(token.value()).getJWTClaimsSet().getStringClaim(name);
    }

    private static Delegated signedIn(Secret refreshToken) {
        return new Delegated(USER, Optional.empty(), Optional.empty(), Optional.of(refreshToken));
    }

    /** As another program of the user would obtain it. */
    private static Secret refreshToken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(keycloak.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=public&username=" + USER
                        + "&password=" + USER_PASSWORD + "&scope=email"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("\"refresh_token\":\"([^\"]+)\"").matcher(answer);
        assertThat(token.find()).as(answer).isTrue();
        return Secret.of(token.group(1));
    }

    @Test
    void aSecretInTheHeaderIsTaken() throws Exception {
        AccessToken token = token("with-secret", new Client(new SecretBasic(Secret.of(SECRET))));

        assertThat(claim(token, "azp")).isEqualTo("with-secret");
        assertThat(token.lifetime()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(10));
    }

    @Test
    void aSecretInTheBodyIsTaken() throws Exception {
        assertThat(claim(token("with-secret", new Client(new SecretPost(Secret.of(SECRET)))), "azp"))
                .isEqualTo("with-secret");
    }

    @Test
    void anAssertionSignedWithTheKeyIsTaken() throws Exception {
        assertThat(claim(token("with-key", new Client(new PrivateKeyJwt(key))), "azp"))
                .isEqualTo("with-key");
    }

    @Test
    void aWrongSecretIsNamed() {
        assertThat(code(refusal("with-secret", new Client(new SecretBasic(Secret.of("mistyped-secret"))), "mistyped")))
                .isEqualTo(DiagnosisCode.CLIENT_REFUSED);
        assertThat(code(refusal("with-secret", new Client(new SecretPost(Secret.of("mistyped-secret"))), "mistyped")))
                .isEqualTo(DiagnosisCode.CLIENT_REFUSED);
    }

    @Test
    void anUnknownClientIsNamed() {
        assertThat(code(refusal("mistyped-client", new Client(new SecretBasic(Secret.of(SECRET))), SECRET)))
                .isEqualTo(DiagnosisCode.CLIENT_REFUSED);
    }

    @Test
    void anotherWayOfAuthenticationThanAgreedIsNamed() {
        assertThat(code(refusal("with-key", new Client(new SecretPost(Secret.of(SECRET))), SECRET)))
                .isEqualTo(DiagnosisCode.CLIENT_REFUSED);
        assertThat(code(refusal("with-secret", new Client(new PrivateKeyJwt(key)))))
                .isEqualTo(DiagnosisCode.CLIENT_REFUSED);
    }

    @Test
    void aGrantThatTheClientDoesNotHaveIsNamed() {
        UserPassword user =
                new UserPassword(USER, Secret.of(USER_PASSWORD), Optional.of(new SecretPost(Secret.of(SECRET))));

        assertThat(code(refusal("with-secret", user, USER_PASSWORD, SECRET)))
                .isEqualTo(DiagnosisCode.GRANT_NOT_ALLOWED);
    }

    @Test
    void aScopeThatDoesNotExistIsNamed() {
        TokenRequest nonsense = new TokenRequest(
                keycloak.tokenEndpoint(),
                "",
                "with-secret",
                new Client(new SecretBasic(Secret.of(SECRET))),
                "no-such-scope",
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofSeconds(30)));

        assertThat(code(catchThrowableOfType(
                        TokenException.class, () -> tokens.source().token(nonsense))))
                .isEqualTo(DiagnosisCode.SCOPE_INVALID);
    }

    @Test
    void aUsersPasswordIsTakenAndAWrongOneNamed() throws Exception {
        assertThat(claim(token("public", new UserPassword(USER, Secret.of(USER_PASSWORD), Optional.empty())), "email"))
                .isEqualTo(USER);
        assertThat(code(refusal("public", new UserPassword(USER, Secret.of("mistyped"), Optional.empty()), "mistyped")))
                .isEqualTo(DiagnosisCode.USER_PASSWORD_WRONG);
    }

    @Test
    void refreshTokensThatAreGoodForOneUseFollowOneAnother() throws Exception {
        Secret first = refreshToken();
        Delegated user = signedIn(first);

        assertThat(claim(token("public", user), "email")).isEqualTo(USER);
        for (int exchange = 0; exchange < 3; exchange++) {
            assertThat(claim(grants.get().acquire(request("public", user)), "email"))
                    .isEqualTo(USER);
        }
    }

    @Test
    void aRefreshTokenThatWasUsedBeforeAsksForANewSignIn() throws Exception {
        Secret used = refreshToken();
        token("public", signedIn(used));
        try (TokenService another = service()) {
            TokenException refusal = catchThrowableOfType(
                    TokenException.class, () -> another.source().token(request("public", signedIn(used))));

            assertThat(code(refusal)).isEqualTo(DiagnosisCode.REFRESH_TOKEN_REVOKED);
            assertThat(refusal.toString()).doesNotContain(used.reveal());
        }
    }
}

package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretBasic;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.Credential.Client;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.Credential.UserPassword;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.RefreshTokens.Exchanged;
import org.outlookmail.token.TestKeys;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/** What a provider is asked, and what is made of its answers; each call is one request. */
@Tag("unit")
@Timeout(60)
class OAuthGrantTest {

    private static final String TOKEN =
            "{\"access_token\":\"an-access-token\",\"token_type\":\"Bearer\",\"expires_in\":3599}";
    private static final String SECRET = "the secret, with % and +";

    @TempDir
    private Path folder;

    private final FakeProvider provider = new FakeProvider().answers(200, TOKEN);
    private final OAuthGrant grant = new OAuthGrant();

    @AfterEach
    void close() {
        provider.close();
    }

    private AccessToken as(ClientAuthentication client) throws TokenException {
        return grant.withClientCredentials(request(client), client);
    }

    private TokenRequest request(ClientAuthentication client) {
        return Asking.request(provider.tokenEndpoint(), new Client(client));
    }

    private AccessToken asUser(Optional<ClientAuthentication> client) throws TokenException {
        UserPassword user = new UserPassword("sales@example.com", Secret.of("the-user-password"), client);
        return grant.withPassword(Asking.request(provider.tokenEndpoint(), user), user);
    }

    private Exchanged asSignedIn(Optional<ClientAuthentication> client) throws TokenException {
        Delegated delegated = new Delegated("sales@example.com", Optional.empty(), client, Optional.empty());
        return grant.withRefreshToken(
                Asking.request(provider.tokenEndpoint(), delegated), client, Secret.of("the-refresh-token"));
    }

    private TokenException refusal() {
        TokenException refusal = Asking.refusal(() -> as(new SecretPost(Secret.of(SECRET))), SECRET);
        provider.onlyRequest();
        return refusal;
    }

    private KeyStoreFile keyFile(TestKeys keys) throws Exception {
        Path file = folder.resolve("key.pem");
        Files.write(file, keys.pem());
        return new KeyStoreFile(file, Optional.empty(), Optional.empty());
    }

    @Test
    void aSecretGoesIntoTheHeader() throws Exception {
        Instant before = Instant.now();
        AccessToken token = as(new SecretBasic(Secret.of(SECRET)));

        assertThat(token.value()).isEqualTo("an-access-token");
        assertThat(token.expiresAt()).isBetween(before.plusSeconds(3590), before.plusSeconds(3620));
        FakeProvider.Asked asked = provider.onlyRequest();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.header("Content-type")).startsWith("application/x-www-form-urlencoded");
        assertThat(asked.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of("grant_type", "client_credentials", "scope", "mail.send"));
        // RFC 6749, section 2.3.1: both encoded as in a form before base64
        assertThat(new String(
                        Base64.getDecoder().decode(asked.header("Authorization").substring("Basic ".length())),
                        StandardCharsets.UTF_8))
                .isEqualTo("the-client-id:the+secret%2C+with+%25+and+%2B");
    }

    @Test
    void aSecretGoesIntoTheBody() throws Exception {
        as(new SecretPost(Secret.of(SECRET)));

        assertThat(provider.onlyRequest().header("Authorization")).isEmpty();
        assertThat(provider.onlyRequest().form())
                .containsEntry("client_id", "the-client-id")
                .containsEntry("client_secret", SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "ES384", "ES512"})
    void anAssertionIsSignedAsTheKeyCan(String algorithm) throws Exception {
        TestKeys keys = switch (algorithm) {
            case "RS256" -> TestKeys.rsa();
            case "PS256" -> TestKeys.pss();
            case "ES256" -> TestKeys.ec("secp256r1");
            case "ES384" -> TestKeys.ec("secp384r1");
            default -> TestKeys.ec("secp521r1");
        };
        as(new PrivateKeyJwt(keyFile(keys)));

        assertThat(provider.onlyRequest().form())
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        SignedJWT assertion = SignedJWT.parse(provider.onlyRequest().form().get("client_assertion"));
        JWSVerifier verifier = keys.certificate().getPublicKey() instanceof ECPublicKey curve
                ? new ECDSAVerifier(curve)
                : new RSASSAVerifier((RSAPublicKey) keys.certificate().getPublicKey());
        assertThat(assertion.verify(verifier)).isTrue();
        JWSHeader header = assertion.getHeader();
        assertThat(header.getAlgorithm().getName()).isEqualTo(algorithm);
        assertThat(header.getX509CertSHA256Thumbprint())
                .isEqualTo(X509CertUtils.computeSHA256Thumbprint(keys.certificate()));
        assertThat(header.getKeyID()).isNotBlank();
        assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo("the-client-id");
        assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("the-client-id");
        assertThat(assertion.getJWTClaimsSet().getAudience())
                .containsExactly(provider.tokenEndpoint().toString());
        assertThat(assertion.getJWTClaimsSet().getJWTID()).isNotBlank();
        assertThat(assertion.getJWTClaimsSet().getExpirationTime().toInstant())
                .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(301));
    }

    @Test
    void eachAssertionIsAnother() throws Exception {
        PrivateKeyJwt client = new PrivateKeyJwt(keyFile(TestKeys.ec("secp256r1")));
        as(client);
        as(client);

        assertThat(provider.asked())
                .extracting(asked -> SignedJWT.parse(asked.form().get("client_assertion"))
                        .getJWTClaimsSet()
                        .getJWTID())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aKeyThatNobodyMaySignWithIsNamedBeforeAnythingIsSent() throws Exception {
        TokenException refusal = Asking.refusal(() -> as(new PrivateKeyJwt(keyFile(TestKeys.weakRsa()))));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.CERTIFICATE_UNUSABLE);
        assertThat(refusal.diagnosis().details().get("reason")).contains("2048");
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void aUserOfAPublicClientSendsNoSecret() throws Exception {
        assertThat(asUser(Optional.empty()).value()).isEqualTo("an-access-token");

        assertThat(provider.onlyRequest().form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type", "password",
                        "client_id", "the-client-id",
                        "username", "sales@example.com",
                        "password", "the-user-password",
                        "scope", "mail.send"));
    }

    @Test
    void aUserOfAConfidentialClientComesWithItsProofInWhicheverWayItHas() throws Exception {
        asUser(Optional.of(new SecretPost(Secret.of(SECRET))));
        asUser(Optional.of(new SecretBasic(Secret.of(SECRET))));
        asUser(Optional.of(new PrivateKeyJwt(keyFile(TestKeys.rsa()))));

        assertThat(provider.asked())
                .hasSize(3)
                .allSatisfy(asked -> assertThat(asked.form())
                        .containsEntry("grant_type", "password")
                        .containsEntry("password", "the-user-password"));
        assertThat(provider.asked().get(0).form()).containsEntry("client_secret", SECRET);
        assertThat(provider.asked().get(1).header("Authorization")).startsWith("Basic ");
        assertThat(provider.asked().get(1).form()).doesNotContainKeys("client_secret", "client_id");
        assertThat(provider.asked().get(2).form())
                .containsKey("client_assertion")
                .doesNotContainKey("client_secret");
    }

    @Test
    void aRefreshTokenOfAPublicClientIsExchangedWithoutASecret() throws Exception {
        Exchanged exchanged = asSignedIn(Optional.empty());

        assertThat(exchanged.accessToken().value()).isEqualTo("an-access-token");
        assertThat(exchanged.refreshToken()).isEmpty();
        assertThat(provider.onlyRequest().form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "the-client-id",
                        "refresh_token", "the-refresh-token",
                        "scope", "mail.send"));
    }

    @Test
    void theNextRefreshTokenIsHandedBack() throws Exception {
        provider.answers(200, TOKEN.replace("{", "{\"refresh_token\":\"the-next\","));
        Exchanged exchanged = asSignedIn(Optional.of(new SecretBasic(Secret.of(SECRET))));

        assertThat(exchanged.refreshToken()).contains(Secret.of("the-next"));
        assertThat(provider.onlyRequest().header("Authorization")).startsWith("Basic ");
    }

    @Test
    void withoutAScopeNoneIsAskedFor() throws Exception {
        SecretPost client = new SecretPost(Secret.of(SECRET));
        grant.withClientCredentials(
                new TokenRequest(provider.tokenEndpoint(), "", "the-client-id", new Client(client), "", Asking.HTTP),
                client);

        assertThat(provider.onlyRequest().form()).doesNotContainKey("scope");
    }

    @Test
    void severalScopesAreAskedForTogether() throws Exception {
        SecretPost client = new SecretPost(Secret.of(SECRET));
        grant.withClientCredentials(
                new TokenRequest(
                        provider.tokenEndpoint(), "", "the-client-id", new Client(client), "a b/.default", Asking.HTTP),
                client);

        assertThat(provider.onlyRequest().form()).containsEntry("scope", "a b/.default");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request, TOKEN_REFUSED",
        "401, invalid_client, CLIENT_REFUSED",
        "400, invalid_client, CLIENT_REFUSED",
        "400, invalid_grant, TOKEN_REFUSED",
        "400, unauthorized_client, GRANT_NOT_ALLOWED",
        "400, unsupported_grant_type, GRANT_NOT_ALLOWED",
        "400, invalid_scope, SCOPE_INVALID",
        "400, invalid_target, RESOURCE_UNKNOWN",
        "400, interaction_required, SECOND_FACTOR_REQUIRED",
        "400, consent_required, CONSENT_MISSING",
        "403, access_denied, SIGN_IN_FAILED",
        "400, expired_token, SIGN_IN_FAILED",
        "400, temporarily_unavailable, TOKEN_ENDPOINT_UNAVAILABLE",
        "400, server_error, TOKEN_ENDPOINT_UNAVAILABLE",
        "400, something_new, TOKEN_REFUSED",
    })
    void anErrorOfTheProviderIsDiagnosedByItsName(int status, String error, DiagnosisCode code) {
        provider.refuses(status, error, "In its own words.");
        TokenException refusal = refusal();

        assertThat(Asking.code(refusal)).isEqualTo(code);
        assertThat(refusal.diagnosis().details())
                .containsEntry("error", error)
                .containsEntry("httpStatus", Integer.toString(status))
                .containsEntry("reply", "In its own words.");
    }

    @Test
    void aRefusedPasswordIsTheUsers() {
        provider.refuses(401, "invalid_grant", "Invalid user credentials");

        assertThat(Asking.code(Asking.refusal(() -> asUser(Optional.empty()), "the-user-password")))
                .isEqualTo(DiagnosisCode.USER_PASSWORD_WRONG);
    }

    @Test
    void aRefusedRefreshTokenAsksForANewSignIn() {
        provider.refuses(400, "invalid_grant", "Token is not active");

        assertThat(Asking.code(Asking.refusal(() -> asSignedIn(Optional.empty()), "the-refresh-token")))
                .isEqualTo(DiagnosisCode.REFRESH_TOKEN_REVOKED);
    }

    @Test
    void aClientThatKeycloakDoesNotLetInIsTheClients() {
        provider.refuses(401, "unauthorized_client", "Invalid client or Invalid client credentials");

        assertThat(Asking.code(refusal())).isEqualTo(DiagnosisCode.CLIENT_REFUSED);
    }

    @Test
    void throttlingKeepsTheWaitThatWasAskedFor() {
        provider.answers(429, "application/json", "{\"error\":\"slow_down\"}", Map.of("Retry-After", "5"));
        TokenException refusal = refusal();

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void throttlingWithoutABodyKeepsTheWaitToo() {
        provider.answers(429, "text/plain", "", Map.of("Retry-After", "5"));

        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void aFaultWithAPageOfHtmlIsTheEndpointsOwn() {
        provider.answers(503, "text/html", "<html>Sorry</html>", Map.of());

        assertThat(Asking.code(refusal())).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ garbage",
                "",
                "[]",
                "{\"token_type\":\"Bearer\",\"expires_in\":3599}",
                "{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"seen-by-nobody\"}",
                "{\"access_token\":\"seen-by-nobody\",\"token_type\":\"mac\"}",
                "{\"access_token\":\"seen-by-nobody\",\"token_type\":\"DPoP\"}",
                "{\"access_token\":\"seen-by-nobody\",\"token_type\":\"Bearer\" garbage"
            })
    void anAnswerWithoutAUsableTokenIsNone(String answer) {
        provider.answers(200, answer);

        assertThat(Asking.code(refusal())).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void aPageInsteadOfJsonIsNoToken() {
        provider.answers(200, "text/html", "<html>Log in</html>", Map.of());

        assertThat(refusal().diagnosis().details()).containsEntry("contentType", "text/html");
    }

    @Test
    void aRedirectionIsNotFollowed() {
        provider.answers(
                302,
                "text/html",
                "",
                Map.of("Location", provider.tokenEndpoint().toString()));

        assertThat(Asking.code(refusal())).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void aClosedPortIsUnreachable() {
        provider.close();
        TokenRequest request = Asking.request(
                provider.tokenEndpoint(),
                new Client(new SecretPost(Secret.of(SECRET))),
                HttpSettings.direct(Duration.ofSeconds(5), Duration.ofSeconds(5)));

        assertThat(Asking.code(Asking.refusal(
                        () -> grant.withClientCredentials(request, new SecretPost(Secret.of(SECRET))), SECRET)))
                .isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
    }
}

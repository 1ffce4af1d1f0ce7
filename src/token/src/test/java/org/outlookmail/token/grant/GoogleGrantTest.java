package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ServiceAccount;
import org.outlookmail.token.ServiceAccountFile;
import org.outlookmail.token.TestKeys;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/** What Google is asked, and what is made of its answers; each call is one request. */
@Tag("unit")
@Timeout(60)
class GoogleGrantTest {

    private static final TestKeys KEYS = TestKeys.rsa();
    private static final String TOKEN =
            "{\"access_token\":\"ya29.an-opaque-token\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";

    @TempDir
    private Path folder;

    private final FakeProvider provider = new FakeProvider().answers(200, TOKEN);
    private final GoogleGrant grant = new GoogleGrant();
    private Path file;

    @BeforeEach
    void writeKey() throws Exception {
        file = folder.resolve("key.json");
        Files.writeString(file, key(KEYS, "https://token.example.com/elsewhere"));
    }

    @AfterEach
    void close() {
        provider.close();
    }

    /** As Google Cloud hands it out. */
    private static String key(TestKeys keys, String tokenUri) {
        String pem = TestKeys.block("PRIVATE KEY", keys.pair().getPrivate().getEncoded());
        return """
                {"type": "service_account", "project_id": "a-project", "private_key_id": "the-key-id",
                 "private_key": "%s", "client_email": "mailer@a-project.iam.gserviceaccount.com",
                 "client_id": "1234567890", "token_uri": "%s", "quota_project_id": "another-project"}
                """.formatted(pem.replace("\r", "").replace("\n", "\\n"), tokenUri);
    }

    private AccessToken acquire(String user) throws TokenException {
        ServiceAccount account = new ServiceAccount(new ServiceAccountFile(file), user);
        return grant.withServiceAccount(
                new TokenRequest(
                        provider.tokenEndpoint(),
                        "",
                        "mailer@a-project.iam.gserviceaccount.com",
                        account,
                        "https://mail.google.com/",
                        Asking.HTTP),
                account);
    }

    private TokenException refusal() {
        TokenException refusal = Asking.refusal(() -> acquire("sales@example.com"));
        provider.onlyRequest();
        return refusal;
    }

    @Test
    void anAssertionNamesTheAccountAndTheUser() throws Exception {
        Instant before = Instant.now();
        AccessToken token = acquire("sales@example.com");

        assertThat(token.value()).isEqualTo("ya29.an-opaque-token");
        assertThat(token.claims().values()).isEmpty();
        assertThat(token.expiresAt()).isBetween(before.plusSeconds(3590), before.plusSeconds(3620));
        assertThat(provider.onlyRequest().method()).isEqualTo("POST");
        assertThat(provider.onlyRequest().form())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        SignedJWT assertion = SignedJWT.parse(provider.onlyRequest().form().get("assertion"));
        assertThat(assertion.verify(
                        new RSASSAVerifier((RSAPublicKey) KEYS.certificate().getPublicKey())))
                .isTrue();
        assertThat(assertion.getHeader().getKeyID()).isEqualTo("the-key-id");
        assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo("mailer@a-project.iam.gserviceaccount.com");
        assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("sales@example.com");
        assertThat(assertion.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("https://mail.google.com/");
        assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly("https://oauth2.googleapis.com/token");
    }

    @Test
    void withoutAUserTheAccountSpeaksForItself() throws Exception {
        acquire("");

        assertThat(SignedJWT.parse(provider.onlyRequest().form().get("assertion"))
                        .getJWTClaimsSet()
                        .getSubject())
                .isNull();
    }

    @Test
    void aReplacedKeySignsTheNextAssertion() throws Exception {
        acquire("sales@example.com");
        TestKeys next = TestKeys.rsa();
        Files.writeString(file, key(next, "https://token.example.com/elsewhere").replace("the-key-id", "the-next-id"));
        acquire("sales@example.com");

        SignedJWT assertion = SignedJWT.parse(provider.asked().get(1).form().get("assertion"));
        assertThat(assertion.getHeader().getKeyID()).isEqualTo("the-next-id");
        assertThat(assertion.verify(
                        new RSASSAVerifier((RSAPublicKey) next.certificate().getPublicKey())))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|unauthorized_client|Client is unauthorized to retrieve access tokens using this method, or client not"
                        + " authorized for any of the scopes requested.|GRANT_NOT_ALLOWED",
                "400|invalid_grant|Invalid JWT Signature.|SERVICE_ACCOUNT_REFUSED",
                "400|invalid_grant|Invalid JWT: Token must be a short-lived token.|SERVICE_ACCOUNT_REFUSED",
                "400|invalid_grant|Invalid email or User ID|USER_UNKNOWN",
                "400|invalid_scope|Invalid OAuth scope or ID token audience provided.|SCOPE_INVALID",
                "401|invalid_client|The OAuth client was not found.|CLIENT_REFUSED",
                "403|access_denied|Requested client not authorized.|SIGN_IN_FAILED",
                "400|invalid_request|Something else.|TOKEN_REFUSED"
            })
    void anErrorOfGooglesIsDiagnosed(int status, String error, String description, DiagnosisCode code) {
        provider.refuses(status, error, description);
        TokenException refusal = refusal();

        assertThat(Asking.code(refusal)).isEqualTo(code);
        assertThat(refusal.diagnosis().details()).containsEntry("reply", description);
    }

    @Test
    void throttlingKeepsTheWaitThatWasAskedFor() {
        provider.answers(429, "application/json", "{}", Map.of("Retry-After", "5"));
        TokenException refusal = refusal();

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 408})
    void aFaultIsNotTriedAgain(int status) {
        provider.answers(status, "text/html", "<html>Sorry</html>", Map.of());

        assertThat(Asking.code(refusal())).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ garbage",
                "",
                "[]",
                "{\"expires_in\":3599}",
                "{\"access_token\":\"\",\"expires_in\":3599}",
                "{\"access_token\":\"seen-by-nobody\"}",
                "{\"access_token\":\"seen-by-nobody\" garbage"
            })
    void anAnswerWithoutAUsableTokenIsNone(String answer) {
        provider.answers(200, answer);

        assertThat(Asking.code(refusal())).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
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

        assertThat(Asking.code(Asking.refusal(() -> acquire("sales@example.com"))))
                .isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "not json",
                "{\"type\":\"authorized_user\",\"refresh_token\":\"seen-by-nobody\"}",
                "{\"type\":\"service_account\",\"private_key\":\"seen-by-nobody\"}",
                "{\"type\":\"service_account\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nc2VlbiBieSBub2JvZHk=\\n-----END"
                        + " PRIVATE KEY-----\\n\",\"private_key_id\":\"k\",\"client_id\":\"c\",\"client_email\":\"e\"}"
            })
    void aFileThatHoldsNoKeyIsNamed(String content) throws Exception {
        Files.writeString(file, content);
        TokenException refusal = Asking.refusal(() -> acquire("sales@example.com"), "c2VlbiBieSBub2JvZHk");

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.SERVICE_ACCOUNT_KEY_UNUSABLE);
        assertThat(refusal.diagnosis().summary()).contains(file.toString());
        assertThat(provider.asked()).isEmpty();
    }
}

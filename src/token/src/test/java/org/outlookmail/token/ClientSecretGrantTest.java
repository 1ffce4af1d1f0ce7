package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;

/** What Entra answers, and what the user is told; each call is one request. */
@Tag("unit")
@Timeout(60)
class ClientSecretGrantTest {

    private static final String SCOPE = "https://outlook.office365.com/.default";
    private static final HttpTimeouts TIMEOUTS = new HttpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final Sandbox sandbox = TestBox.fresh();
    private final ClientSecretGrant grant = new ClientSecretGrant(TIMEOUTS);
    private final TokenRequest request = request(sandbox.clientSecret(), SCOPE);

    private TokenRequest request(String secret, String scope) {
        return new TokenRequest(sandbox.entraUrl(), sandbox.tenantId(), sandbox.clientId(), Secret.of(secret), scope);
    }

    /** Asks, and checks what holds for every refusal: one request, and no secret anywhere. */
    private TokenException refusal(TokenRequest asked) {
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> grant.acquire(asked));
        assertThat(refusal).isNotNull();
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
        assertKeepsSecret(refusal, asked);
        return refusal;
    }

    private static void assertKeepsSecret(TokenException refusal, TokenRequest asked) {
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString())
                .contains("TokenException")
                .doesNotContain(asked.clientSecret().reveal());
        assertThat(refusal.toString()).doesNotContain(asked.clientSecret().reveal());
        assertThat(refusal.diagnosis().details().values()).doesNotContainNull();
    }

    private TokenException refusalOf(FaultPlan fault) {
        sandbox.faults(fault);
        return refusal(request);
    }

    private static DiagnosisCode code(TokenException refusal) {
        return refusal.diagnosis().code();
    }

    @Test
    void aTokenHasTheClaimsThatWereAskedFor() throws Exception {
        Instant before = Instant.now();
        AccessToken token = grant.acquire(request);

        Map<String, String> claims = token.claims().values();
        assertThat(claims)
                .containsEntry("aud", "https://outlook.office365.com")
                .containsEntry("tid", sandbox.tenantId())
                .containsEntry("appid", sandbox.clientId());
        assertThat(claims.get("roles")).contains("SMTP.SendAsApp", "IMAP.AccessAsApp");
        assertThat(token.expiresAt()).isBetween(before.plusSeconds(3500), before.plusSeconds(3700));
        assertThat(sandbox.state().entra().grant("client_credentials").issued()).isEqualTo(1);
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void eachCallAsksAnew() throws Exception {
        AccessToken first = grant.acquire(request);

        assertThat(grant.acquire(request).value()).isNotEqualTo(first.value());
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(2);
    }

    @Test
    void aWrongSecretIsNamed() {
        TokenException refusal = refusal(request("mistyped-secret-value", SCOPE));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.CLIENT_SECRET_WRONG);
        assertThat(refusal.diagnosis().details())
                .containsEntry("httpStatus", "401")
                .hasEntrySatisfying("reply", reply -> assertThat(reply).startsWith("AADSTS7000215"));
    }

    @Test
    void anExpiredSecretIsNamed() {
        assertThat(code(refusalOf(new FaultPlan().refuseSecret("AADSTS7000222"))))
                .isEqualTo(DiagnosisCode.CLIENT_SECRET_EXPIRED);
    }

    @Test
    void anUnknownTenantIsNamed() {
        TokenException refusal = refusal(new TokenRequest(
                sandbox.entraUrl(),
                "99999999-2222-3333-4444-555555555555",
                sandbox.clientId(),
                request.clientSecret(),
                SCOPE));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TENANT_UNKNOWN);
        assertThat(refusal.diagnosis().summary()).contains("99999999-2222-3333-4444-555555555555");
    }

    @Test
    void anUnknownClientIsNamed() {
        TokenException refusal = refusal(new TokenRequest(
                sandbox.entraUrl(),
                sandbox.tenantId(),
                "99999999-7777-8888-9999-000000000000",
                request.clientSecret(),
                SCOPE));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.APPLICATION_UNKNOWN);
        assertThat(refusal.diagnosis().summary()).contains("99999999-7777-8888-9999-000000000000");
    }

    @Test
    void aScopeWithoutDefaultIsNamed() {
        TokenException refusal = refusal(request(sandbox.clientSecret(), "https://outlook.office365.com/SMTP.Send"));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.SCOPE_INVALID);
    }

    @Test
    void aScopeThatIsNoneIsNamed() {
        assertThat(code(refusal(request(sandbox.clientSecret(), "nonsense")))).isEqualTo(DiagnosisCode.SCOPE_INVALID);
    }

    @Test
    void aMissingConsentIsNamed() {
        TokenException refusal = refusalOf(new FaultPlan()
                .token(
                        400,
                        -1,
                        "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS65001: The user or administrator has"
                                + " not consented to use the application.\",\"error_codes\":[65001]}",
                        9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.CONSENT_MISSING);
    }

    @Test
    void anErrorOfEntraThatWeDoNotKnowIsToldInItsOwnWords() {
        TokenException refusal = refusalOf(new FaultPlan()
                .token(
                        400,
                        -1,
                        "{\"error\":\"invalid_request\",\"error_description\":\"AADSTS7654321: Something new.\"}",
                        9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_REFUSED);
        assertThat(refusal.diagnosis().details()).containsEntry("reply", "AADSTS7654321: Something new.");
    }

    @Test
    void throttlingKeepsTheWaitThatWasAskedFor() {
        TokenException refusal = refusalOf(new FaultPlan()
                .token(
                        429,
                        5,
                        "{\"error\":\"too_many_requests\",\"error_description\":\"AADSTS90055: Slow down.\"}",
                        9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(refusal.diagnosis().details()).containsEntry("retryAfterSeconds", "5");
    }

    @Test
    void throttlingWithoutABodyKeepsTheWaitToo() {
        TokenException refusal = refusalOf(new FaultPlan().token(429, 5, "", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void throttlingWithoutAWaitHasNone() {
        assertThat(refusalOf(new FaultPlan().token(429, -1, "", 9)).retryAfter())
                .isEmpty();
    }

    @Test
    void afterThrottlingTheNextCallAsksAgain() throws Exception {
        refusalOf(new FaultPlan().token(429, 60, "", 1));

        assertThat(grant.acquire(request).value()).isNotEmpty();
    }

    @Test
    void aFaultWithAPageOfHtmlIsTheEndpointsOwn() {
        TokenException refusal = refusalOf(new FaultPlan().token(503, 30, "<html><body>Sorry</body></html>", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(refusal.diagnosis().details()).containsEntry("httpStatus", "503");
    }

    @Test
    void aFaultWithJsonIsNotTriedAgainEither() {
        assertThat(code(refusalOf(new FaultPlan().token(500, -1, "{\"error\":\"server_error\"}", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @Test
    void garbageInsteadOfJsonIsNoToken() {
        assertThat(code(refusalOf(new FaultPlan().token(200, -1, "{ garbage", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void garbageAroundATokenDoesNotShowTheToken() {
        TokenException refusal = refusalOf(new FaultPlan()
                .token(200, -1, "{\"token_type\":\"Bearer\",\"access_token\":\"eyJ-seen-by-nobody\" garbage", 9));
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace, true));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        assertThat(trace.toString()).doesNotContain("seen-by-nobody");
    }

    @Test
    void anAnswerWithoutATokenIsNone() {
        TokenException refusal =
                refusalOf(new FaultPlan().token(200, -1, "{\"token_type\":\"Bearer\",\"expires_in\":3599}", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        assertThat(refusal.diagnosis().details()).containsEntry("httpStatus", "200");
    }

    @Test
    void anEmptyAnswerIsNoToken() {
        assertThat(code(refusalOf(new FaultPlan().token(200, -1, "", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Log in</body></html>", "", "[]"})
    void aProxysAnswerIsNotEntrasRefusal(String page) {
        assertThat(code(refusalOf(new FaultPlan().token(403, -1, page, 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void aPageOfHtmlIsNamedByItsType() {
        TokenException refusal = refusalOf(new FaultPlan().token(200, -1, "<html><body>Log in</body></html>", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        assertThat(refusal.diagnosis().details())
                .containsEntry("contentType", "text/html")
                .doesNotContainKey("reply");
    }

    @Test
    void aRedirectionIsNotFollowed() {
        assertThat(code(refusalOf(new FaultPlan().token(302, -1, "", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void aStallEndsWithTheReadTimeout() {
        sandbox.faults(new FaultPlan().stallToken(5_000, 9));
        ClientSecretGrant impatient =
                new ClientSecretGrant(new HttpTimeouts(Duration.ofSeconds(10), Duration.ofMillis(500)));
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> impatient.acquire(request));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        assertThat(refusal.diagnosis().summary()).contains("did not answer in time");
        assertThat(Integer.parseInt(refusal.diagnosis().details().get("elapsedMillis")))
                .isBetween(500, 4_500);
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
        assertKeepsSecret(refusal, request);
    }

    @Test
    void anAuthorityThatIsNotTrustedGetsNoSecret() {
        try (Sandbox stranger = Sandbox.builder().randomPorts().start()) {
            TokenRequest astray = new TokenRequest(
                    stranger.entraUrl(), stranger.tenantId(), stranger.clientId(), request.clientSecret(), SCOPE);
            TokenException refusal = catchThrowableOfType(TokenException.class, () -> grant.acquire(astray));

            assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_TLS);
            assertThat(stranger.state().entra().tokenRequests()).isZero();
            assertThat(refusal.diagnosis().details())
                    .containsEntry("authority", stranger.entraUrl().toString());
            assertKeepsSecret(refusal, astray);
        }
    }
}

package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/** What Entra answers, and what the user is told; each call is one request. */
@Tag("unit")
@Timeout(60)
@ExtendWith(TestBox.class)
class MicrosoftGrantTest {

    private static final String SCOPE = "https://outlook.office365.com/.default";

    private final Sandbox sandbox = TestBox.box();
    private final MicrosoftGrant grant = new MicrosoftGrant();
    private final TokenRequest request = request(sandbox.clientSecret(), SCOPE);

    private TokenRequest request(String secret, String scope) {
        return request(sandbox.tenantId(), sandbox.clientId(), secret, scope);
    }

    private TokenRequest request(String tenantId, String clientId, String secret, String scope) {
        return new TokenRequest(
                TokenRequest.entra(sandbox.entraUrl(), tenantId),
                tenantId,
                clientId,
                new ClientSecret(Secret.of(secret), Optional.empty()),
                scope,
                Asking.HTTP);
    }

    private AccessToken acquire(TokenRequest asked) throws TokenException {
        return grant.withSecret(asked, asked.credential().material());
    }

    /** Asks, and checks what holds for every refusal: one request, and no secret anywhere. */
    private TokenException refusal(TokenRequest asked) throws TokenException {
        TokenException refusal = Asking.refusal(
                () -> acquire(asked), asked.credential().material().reveal());
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
        return refusal;
    }

    private TokenException refusalOf(FaultPlan fault) throws TokenException {
        sandbox.faults(fault);
        return refusal(request);
    }

    private static DiagnosisCode code(TokenException refusal) {
        return refusal.diagnosis().code();
    }

    @Test
    void aTokenHasTheClaimsThatWereAskedFor() throws Exception {
        Instant before = Instant.now();
        AccessToken token = acquire(request);

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
        AccessToken first = acquire(request);

        assertThat(acquire(request).value()).isNotEqualTo(first.value());
        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(2);
    }

    @Test
    void aWrongSecretIsNamed() throws Exception {
        TokenException refusal = refusal(request("mistyped-secret-value", SCOPE));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.CLIENT_SECRET_WRONG);
        assertThat(refusal.diagnosis().details())
                .containsEntry("httpStatus", "401")
                .hasEntrySatisfying("reply", reply -> assertThat(reply).startsWith("AADSTS7000215"));
    }

    @Test
    void anExpiredSecretIsNamed() throws Exception {
        assertThat(code(refusalOf(new FaultPlan().refuseSecret("AADSTS7000222"))))
                .isEqualTo(DiagnosisCode.CLIENT_SECRET_EXPIRED);
    }

    @Test
    void anUnknownTenantIsNamed() throws Exception {
        TokenException refusal = refusal(
                request("99999999-2222-3333-4444-555555555555", sandbox.clientId(), sandbox.clientSecret(), SCOPE));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TENANT_UNKNOWN);
        assertThat(refusal.diagnosis().summary()).contains("99999999-2222-3333-4444-555555555555");
    }

    @Test
    void anUnknownClientIsNamed() throws Exception {
        TokenException refusal = refusal(
                request(sandbox.tenantId(), "99999999-7777-8888-9999-000000000000", sandbox.clientSecret(), SCOPE));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.APPLICATION_UNKNOWN);
        assertThat(refusal.diagnosis().summary()).contains("99999999-7777-8888-9999-000000000000");
    }

    @Test
    void aScopeWithoutDefaultIsNamed() throws Exception {
        TokenException refusal = refusal(request(sandbox.clientSecret(), "https://outlook.office365.com/SMTP.Send"));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.SCOPE_INVALID);
    }

    @Test
    void aScopeThatIsNoneIsNamed() throws Exception {
        assertThat(code(refusal(request(sandbox.clientSecret(), "nonsense")))).isEqualTo(DiagnosisCode.SCOPE_INVALID);
    }

    @Test
    void aMissingConsentIsNamed() throws Exception {
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
    void anErrorOfEntraThatWeDoNotKnowIsToldInItsOwnWords() throws Exception {
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
    void throttlingKeepsTheWaitThatWasAskedFor() throws Exception {
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
    void throttlingWithoutABodyKeepsTheWaitToo() throws Exception {
        TokenException refusal = refusalOf(new FaultPlan().token(429, 5, "", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void throttlingWithoutAWaitHasNone() throws Exception {
        assertThat(refusalOf(new FaultPlan().token(429, -1, "", 9)).retryAfter())
                .isEmpty();
    }

    @Test
    void afterThrottlingTheNextCallAsksAgain() throws Exception {
        refusalOf(new FaultPlan().token(429, 60, "", 1));

        assertThat(acquire(request).value()).isNotEmpty();
    }

    @Test
    void aFaultWithAPageOfHtmlIsTheEndpointsOwn() throws Exception {
        TokenException refusal = refusalOf(new FaultPlan().token(503, 30, "<html><body>Sorry</body></html>", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(refusal.diagnosis().details()).containsEntry("httpStatus", "503");
    }

    @Test
    void aFaultWithJsonIsNotTriedAgainEither() throws Exception {
        assertThat(code(refusalOf(new FaultPlan().token(500, -1, "{\"error\":\"server_error\"}", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @Test
    void garbageInsteadOfJsonIsNoToken() throws Exception {
        assertThat(code(refusalOf(new FaultPlan().token(200, -1, "{ garbage", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void garbageAroundATokenDoesNotShowTheToken() throws Exception {
        TokenException refusal = refusalOf(new FaultPlan()
                .token(200, -1, "{\"token_type\":\"Bearer\",\"access_token\":\"eyJ-seen-by-nobody\" garbage", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void anAnswerWithoutATokenIsNone() throws Exception {
        TokenException refusal =
                refusalOf(new FaultPlan().token(200, -1, "{\"token_type\":\"Bearer\",\"expires_in\":3599}", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        assertThat(refusal.diagnosis().details()).containsEntry("httpStatus", "200");
    }

    @Test
    void anEmptyAnswerIsNoToken() throws Exception {
        assertThat(code(refusalOf(new FaultPlan().token(200, -1, "", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Log in</body></html>", "", "[]"})
    void aProxysAnswerIsNotEntrasRefusal(String page) throws Exception {
        assertThat(code(refusalOf(new FaultPlan().token(403, -1, page, 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void aPageOfHtmlIsNamedByItsType() throws Exception {
        TokenException refusal = refusalOf(new FaultPlan().token(200, -1, "<html><body>Log in</body></html>", 9));

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
        assertThat(refusal.diagnosis().details())
                .containsEntry("contentType", "text/html")
                .doesNotContainKey("reply");
    }

    @Test
    void aRedirectionIsNotFollowed() throws Exception {
        assertThat(code(refusalOf(new FaultPlan().token(302, -1, "", 9))))
                .isEqualTo(DiagnosisCode.TOKEN_ANSWER_UNUSABLE);
    }

    @Test
    void aStallEndsWithTheReadTimeout() throws Exception {
        sandbox.faults(new FaultPlan().stallToken(5_000, 9));
        TokenRequest impatient = new TokenRequest(
                request.tokenEndpoint(),
                request.tenantId(),
                request.clientId(),
                request.credential(),
                SCOPE,
                HttpSettings.direct(Duration.ofSeconds(10), Duration.ofMillis(500)));
        TokenException refusal = refusal(impatient);

        assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        assertThat(refusal.diagnosis().summary()).contains("did not answer in time");
        assertThat(Integer.parseInt(refusal.diagnosis().details().get("elapsedMillis")))
                .isBetween(500, 4_500);
    }

    @Test
    void anAuthorityThatIsNotTrustedGetsNoSecret() {
        try (Sandbox stranger = Sandbox.builder().randomPorts().start()) {
            TokenRequest astray = new TokenRequest(
                    stranger.tokenEndpoint(),
                    stranger.tenantId(),
                    stranger.clientId(),
                    request.credential(),
                    SCOPE,
                    Asking.HTTP);
            TokenException refusal = Asking.refusal(() -> acquire(astray), sandbox.clientSecret());

            assertThat(code(refusal)).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_TLS);
            assertThat(stranger.state().entra().tokenRequests()).isZero();
            assertThat(refusal.diagnosis().details())
                    .containsEntry("tokenEndpoint", stranger.tokenEndpoint().toString());
        }
    }

    /** Every number of shared interest, with the error that Entra sends along. */
    @ParameterizedTest
    @CsvSource({
        "7000215, 401, invalid_client, CLIENT_SECRET_WRONG",
        "7000222, 401, invalid_client, CLIENT_SECRET_EXPIRED",
        "90002, 400, invalid_request, TENANT_UNKNOWN",
        "900023, 400, invalid_request, TENANT_UNKNOWN",
        "700016, 400, unauthorized_client, APPLICATION_UNKNOWN",
        "7000112, 400, unauthorized_client, APPLICATION_DISABLED",
        "700027, 401, invalid_client, CERTIFICATE_REFUSED",
        "700024, 401, invalid_client, CERTIFICATE_REFUSED",
        "7000218, 401, invalid_client, CLIENT_NOT_PUBLIC",
        "700025, 401, invalid_client, CLIENT_IS_PUBLIC",
        "50034, 400, invalid_grant, USER_UNKNOWN",
        "50126, 400, invalid_grant, USER_PASSWORD_WRONG",
        "50053, 400, invalid_grant, USER_LOCKED",
        "50057, 400, invalid_grant, USER_LOCKED",
        "50055, 400, invalid_grant, USER_PASSWORD_EXPIRED",
        "50076, 400, invalid_grant, SECOND_FACTOR_REQUIRED",
        "50079, 400, interaction_required, SECOND_FACTOR_REQUIRED",
        "53003, 400, invalid_grant, CONDITIONAL_ACCESS",
        "65001, 400, invalid_grant, CONSENT_MISSING",
        "70011, 400, invalid_scope, SCOPE_INVALID",
        "500011, 400, invalid_resource, RESOURCE_UNKNOWN",
        "50196, 400, invalid_grant, TOKEN_LOOP",
        "700082, 400, invalid_grant, REFRESH_TOKEN_EXPIRED",
        "50173, 400, invalid_grant, REFRESH_TOKEN_REVOKED",
        "70000, 400, invalid_grant, REFRESH_TOKEN_REVOKED",
        "70018, 400, invalid_grant, SIGN_IN_FAILED",
        "1002016, 400, invalid_request, TLS_TOO_OLD",
        "90006, 400, invalid_request, TOKEN_ENDPOINT_UNAVAILABLE",
        "90012, 400, invalid_request, TOKEN_ENDPOINT_UNAVAILABLE",
        "90024, 400, invalid_grant, TOKEN_ENDPOINT_UNAVAILABLE",
        "90033, 400, temporarily_unavailable, TOKEN_ENDPOINT_UNAVAILABLE",
        "90033, 401, invalid_client, TOKEN_ENDPOINT_UNAVAILABLE",
        "90090, 400, server_error, TOKEN_ENDPOINT_UNAVAILABLE",
        "90091, 400, server_error, TOKEN_ENDPOINT_UNAVAILABLE",
        "40010, 400, invalid_grant, TOKEN_ENDPOINT_UNAVAILABLE",
        "50033, 400, invalid_request, TOKEN_ENDPOINT_UNAVAILABLE",
        "50166, 400, invalid_request, TOKEN_ENDPOINT_UNAVAILABLE",
        "80001, 400, invalid_grant, TOKEN_ENDPOINT_UNAVAILABLE",
        "80002, 400, invalid_grant, TOKEN_ENDPOINT_UNAVAILABLE",
        "90055, 400, invalid_request, TOKEN_ENDPOINT_THROTTLED",
        "9999999, 400, temporarily_unavailable, TOKEN_ENDPOINT_UNAVAILABLE",
        "9999999, 400, server_error, TOKEN_ENDPOINT_UNAVAILABLE",
        "9999999, 401, invalid_client, CLIENT_REFUSED",
        "9999999, 400, invalid_request, TOKEN_REFUSED",
    })
    void aNumberOfEntrasIsDiagnosed(String number, int status, String error, DiagnosisCode code) throws Exception {
        String description = "AADSTS" + number + ": Told in Entra's words. Trace ID: 1 Correlation ID: 2";
        try (FakeProvider provider = new FakeProvider().refuses(status, error, description)) {
            TokenRequest asked = new TokenRequest(
                    provider.tokenEndpoint(),
                    sandbox.tenantId(),
                    sandbox.clientId(),
                    request.credential(),
                    SCOPE,
                    Asking.HTTP);
            TokenException refusal = Asking.refusal(() -> acquire(asked), sandbox.clientSecret());

            assertThat(code(refusal)).isEqualTo(code);
            assertThat(refusal.diagnosis().details()).containsEntry("reply", description);
            provider.onlyRequest();
        }
    }
}

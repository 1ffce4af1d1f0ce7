package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;

/** What can be said of a token before a server sees it. Row T3. */
@Tag("unit")
class TokenDoubtTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String GOOD =
            "\"aud\":\"https://outlook.office365.com\",\"tid\":\"" + TENANT + "\",\"roles\":[\"SMTP.SendAsApp\"]";

    private static Optional<Diagnosis> doubt(String tenant, String claims, String protocol) {
        return doubt(tenant, claims, protocol, false);
    }

    private static Optional<Diagnosis> doubt(String tenant, String claims, String protocol, boolean refused) {
        return doubt(tenant, new Credential.ClientSecret(Secret.of("s"), Optional.empty()), claims, protocol, refused);
    }

    private static Optional<Diagnosis> doubt(
            String tenant, Credential credential, String claims, String protocol, boolean refused) {
        String payload = Base64.getUrlEncoder().encodeToString(("{" + claims + "}").getBytes(StandardCharsets.UTF_8));
        Instant now = Instant.now();
        TokenRequest request = new TokenRequest(
                URI.create("https://login.example.com/token"),
                tenant,
                "client",
                credential,
                "https://outlook.office365.com/.default",
                HttpSettings.direct(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        AccessToken token = new AccessToken("e30." + payload + ".sig", now, now.plusSeconds(3600));
        Endpoint end = new Endpoint(new MailServer(protocol, "localhost", 1), new Authentication.Token(request));
        return refused ? TokenDoubt.ofRefused(token, request, end) : TokenDoubt.of(token, request, end);
    }

    private static Optional<DiagnosisCode> code(String claims, String protocol) {
        return doubt(TENANT, claims, protocol).map(Diagnosis::code);
    }

    @Test
    void aManagedIdentitysTokenIsEntrasThoughNobodyNamesItsTenant() {
        Credential machine = new Credential.ManagedIdentity(Optional.empty());
        String ofGraph = GOOD.replace("https://outlook.office365.com", "https://graph.microsoft.com");

        assertThat(doubt("", machine, GOOD, "smtp", false)).isEmpty();
        assertThat(doubt("", machine, ofGraph, "smtp", false).map(Diagnosis::code))
                .contains(DiagnosisCode.AUDIENCE_WRONG);
        assertThat(doubt("", machine, GOOD.replace("SMTP.SendAsApp", "Mail.Send"), "smtp", true)
                        .map(Diagnosis::code))
                .contains(DiagnosisCode.PERMISSION_MISSING);
    }

    @Test
    void aGoodTokenRaisesNone() {
        assertThat(code(GOOD, "smtp")).isEmpty();
        assertThat(code(GOOD.replace("https://outlook.office365.com", "00000002-0000-0ff1-ce00-000000000000"), "smtp"))
                .isEmpty();
        assertThat(code(GOOD.replace("outlook.office365.com", "partner.outlook.cn"), "smtp"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smtp, SMTP.SendAsApp, SMTP.Send",
        "imaps, IMAP.AccessAsApp, IMAP.AccessAsUser.All",
        "pop3s, POP.AccessAsApp, POP.AccessAsUser.All"
    })
    void eachProtocolNeedsItsOwnPermission(String protocol, String role, String scope) {
        String base = "\"aud\":\"https://outlook.office.com\",\"tid\":\"" + TENANT + "\",";

        assertThat(code(base + "\"roles\":[\"X\",\"" + role + "\"]", protocol)).isEmpty();
        assertThat(code(base + "\"scp\":\"X " + scope + "\"", protocol)).isEmpty();
        assertThat(code(base + "\"scp\":\"X\"", protocol)).contains(DiagnosisCode.PERMISSION_MISSING);
        assertThat(doubt(TENANT, base + "\"roles\":[\"X" + role + "\"]", protocol, true))
                .hasValueSatisfying(doubt -> assertThat(doubt.summary()).contains(role, "X"));
        assertThat(doubt(TENANT, base + "\"roles\":[\"X\",\"" + role + "\"]", protocol, true))
                .isEmpty();
        assertThat(doubt(TENANT, base + "\"scp\":\"X\"", protocol, true))
                .hasValueSatisfying(
                        doubt -> assertThat(doubt.summary()).contains(scope).doesNotContain("RBAC"));
    }

    /** Exchange Online's RBAC for Applications gives rights of which no token tells. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "\"roles\":[]", "\"roles\":[\"full_access_as_app\"]", "\"roles\":[\"IMAP.AccessAsApp\"]"})
    void anApplicationWithoutTheRoleRaisesNoAlarmBeforeARefusalAndBothPossibilitiesAfterOne(String roles) {
        String claims = "\"aud\":\"https://outlook.office365.com\",\"tid\":\"" + TENANT + "\""
                + (roles.isEmpty() ? "" : "," + roles);

        assertThat(doubt(TENANT, claims, "smtp", false)).isEmpty();
        assertThat(doubt(TENANT, claims, "smtp", true)).hasValueSatisfying(doubt -> {
            assertThat(doubt.code()).isEqualTo(DiagnosisCode.PERMISSION_MISSING);
            assertThat(doubt.summary()).contains("SMTP.SendAsApp", "missing in Entra", "RBAC for Applications");
            assertThat(doubt.cure()).contains("Test-ServicePrincipalAuthorization");
        });
    }

    @Test
    void aTokenOfAnotherServiceIsNamed() {
        assertThat(code(GOOD.replace("outlook.office365.com", "graph.microsoft.com"), "smtp"))
                .contains(DiagnosisCode.AUDIENCE_WRONG);
        assertThat(code(GOOD.replace("https://outlook.office365.com", "no address at all"), "smtp"))
                .contains(DiagnosisCode.AUDIENCE_WRONG);
    }

    @Test
    void aTokenOfAnotherTenantIsNamedUnlessTheTenantIsADomain() {
        String other = GOOD.replace(TENANT, "99999999-2222-3333-4444-555555555555");

        assertThat(code(other, "smtp")).contains(DiagnosisCode.TENANT_DIFFERS);
        assertThat(doubt("contoso.com", other, "smtp")).isEmpty();
    }

    @Test
    void ofAnOpaqueTokenAndOfAnotherProvidersNothingIsSaid() {
        assertThat(code("", "smtp")).isEmpty();
        assertThat(doubt("", GOOD.replace("SMTP.SendAsApp", "nothing"), "smtp")).isEmpty();
    }
}

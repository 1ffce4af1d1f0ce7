package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.Federated;
import org.outlookmail.token.FederatedTokenFile;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;

/** A cluster's token instead of a secret: what is sent as it rotates, and what Entra's refusals are taken for. */
@Tag("unit")
@Timeout(120)
@ExtendWith(TestBox.class)
class FederatedGrantTest {

    private static final String SUBJECT = "system:serviceaccount:shop:mailer";

    @TempDir
    private Path folder;

    private final Sandbox sandbox = TestBox.box();
    private final MicrosoftGrant grant = new MicrosoftGrant();
    private Path path;
    private FederatedTokenFile file;

    @BeforeEach
    void aPod() throws Exception {
        sandbox.entra().federate(sandbox.clientId(), sandbox.entra().clusterIssuer(), SUBJECT);
        path = folder.resolve("azure-identity-token");
        file = new FederatedTokenFile(path);
        rotated(sandbox.entra().assertion(SUBJECT));
    }

    private void rotated(String assertion) throws Exception {
        Path next = Files.writeString(folder.resolve("next"), assertion);
        Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
    }

    private TokenRequest request(URI endpoint) {
        return new TokenRequest(
                endpoint,
                sandbox.tenantId(),
                sandbox.clientId(),
                new Federated(file),
                "https://outlook.office365.com/.default",
                Asking.HTTP);
    }

    private AccessToken acquire() throws TokenException {
        return grant.withAssertion(request(sandbox.tokenEndpoint()), file);
    }

    /** With nothing of the assertion in what is told. */
    private TokenException refusal(Map<String, ?> claims) throws Exception {
        return refusal(sandbox.entra().assertion(SUBJECT, claims));
    }

    private TokenException refusal(String assertion) throws Exception {
        rotated(assertion);
        TokenException refusal = Asking.refusal(this::acquire, assertion.split("\\.", -1));
        assertThat(refusal.diagnosis().toString()).doesNotContain(assertion.split("\\.", -1));
        return refusal;
    }

    @Test
    void eachRequestShowsWhatIsInTheFileNow() throws Exception {
        try (FakeProvider provider =
                new FakeProvider().answers(asked -> FakeProvider.Answer.token("an-access-token"))) {
            String first = Files.readString(path);
            String second = sandbox.entra().assertion(SUBJECT);
            grant.withAssertion(request(provider.tokenEndpoint()), file);
            rotated(second);
            grant.withAssertion(request(provider.tokenEndpoint()), file);

            assertThat(provider.asked())
                    .extracting(asked -> asked.form().get("client_assertion"))
                    .containsExactly(first, second);
            assertThat(provider.asked().get(1).form())
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("client_id", sandbox.clientId())
                    .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                    .doesNotContainKey("client_secret");
        }
    }

    @Test
    void aRotationLeavesTheTokenInTheCacheAndTheRequestEqual() throws Exception {
        try (TokenService service = new TokenService(
                new Cluster(CacheConfiguration.local(), "node", Runnable::run, Clock.systemUTC()),
                Optional.empty(),
                Grants::new,
                Runnable::run,
                Clock.systemUTC())) {
            AccessToken token = service.source().token(request(sandbox.tokenEndpoint()));
            rotated(sandbox.entra().assertion(SUBJECT));

            assertThat(service.source().token(request(sandbox.tokenEndpoint()))).isEqualTo(token);
            assertThat(request(sandbox.tokenEndpoint())).isEqualTo(request(sandbox.tokenEndpoint()));
            assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void theRefusalOfAnOldTokenDoesNotMeetTheNext() throws Exception {
        rotated(sandbox.entra().assertion(SUBJECT, Map.of("exp", 1_000_000_000L)));
        try (TokenService service = new TokenService(
                new Cluster(CacheConfiguration.local(), "node", Runnable::run, Clock.systemUTC()),
                Optional.empty(),
                Grants::new,
                Runnable::run,
                Clock.systemUTC())) {
            for (int i = 0; i < 2; i++) {
                assertThat(catchThrowableOfType(
                                TokenException.class, () -> service.source().token(request(sandbox.tokenEndpoint()))))
                        .extracting(Asking::code)
                        .isEqualTo(DiagnosisCode.FEDERATED_TOKEN_EXPIRED);
            }
            assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
            rotated(sandbox.entra().assertion(SUBJECT));

            assertThat(service.source().token(request(sandbox.tokenEndpoint())).value())
                    .isNotEmpty();
        }
    }

    @Test
    void whatDoesNotMatchIsNamedWithWhatTheAssertionSays() throws Exception {
        TokenException issuer = refusal(Map.of("iss", "https://elsewhere.example"));
        assertThat(Asking.code(issuer)).isEqualTo(DiagnosisCode.FEDERATED_ISSUER_UNKNOWN);
        assertThat(issuer.diagnosis().details())
                .containsEntry("assertion.iss", "https://elsewhere.example")
                .containsEntry("assertion.sub", SUBJECT);

        TokenException subject = refusal(sandbox.entra().assertion("system:serviceaccount:shop:default"));
        assertThat(Asking.code(subject)).isEqualTo(DiagnosisCode.FEDERATED_SUBJECT_UNKNOWN);
        assertThat(subject.diagnosis().details())
                .containsEntry("assertion.sub", "system:serviceaccount:shop:default")
                .containsEntry("assertion.iss", sandbox.entra().clusterIssuer());

        TokenException audience = refusal(Map.of("aud", "https://kubernetes.default.svc"));
        assertThat(Asking.code(audience)).isEqualTo(DiagnosisCode.FEDERATED_AUDIENCE_WRONG);
        assertThat(audience.diagnosis().details().get("assertion.aud")).contains("https://kubernetes.default.svc");
    }

    @Test
    void aTokenThatHasEndedAndOneThatCannotBeCheckedAreToldApart() throws Exception {
        TokenException ended = refusal(Map.of("exp", 1_000_000_000L));
        assertThat(Asking.code(ended)).isEqualTo(DiagnosisCode.FEDERATED_TOKEN_EXPIRED);
        assertThat(Instant.parse(ended.diagnosis().details().get("assertion.exp")))
                .isEqualTo(Instant.ofEpochSecond(1_000_000_000L));

        String good = sandbox.entra().assertion(SUBJECT);
        TokenException damaged = refusal(good.substring(0, good.length() - 8) + "AAAAAAAA");
        assertThat(Asking.code(damaged)).isEqualTo(DiagnosisCode.FEDERATED_TOKEN_REFUSED);
    }

    @Test
    void aFileWithoutATokenCostsNoRequest() throws Exception {
        FederatedTokenFile none = new FederatedTokenFile(folder.resolve("none"));

        assertThat(Asking.code(Asking.refusal(() -> grant.withAssertion(request(sandbox.tokenEndpoint()), none))))
                .isEqualTo(DiagnosisCode.FEDERATED_TOKEN_UNUSABLE);
        assertThat(sandbox.state().entra().tokenRequests()).isZero();
    }
}

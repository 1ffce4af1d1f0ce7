package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.grant.FakeProvider.Answer;

@Tag("unit")
@Timeout(60)
class RotatingSecretTest {

    private static final ClientSecret BOTH =
            new ClientSecret(Secret.of("the-first-secret"), Optional.of(Secret.of("the-next-secret")));

    private final Map<String, String> refused = new HashMap<>();
    private final FakeProvider provider = new FakeProvider().answers(asked -> {
        String secret = asked.form().get("client_secret");
        String number = refused.get(secret);
        return number == null
                ? Answer.token("token-of-" + secret)
                : Answer.refusal(401, "invalid_client", "AADSTS" + number + ": In Entra's words.");
    });
    private final RotatingSecret grant = new RotatingSecret(new MicrosoftGrant());

    @AfterEach
    void close() {
        provider.close();
    }

    private String acquire(ClientSecret credential) throws TokenException {
        return grant.acquire(request(credential), credential).value();
    }

    private TokenRequest request(ClientSecret credential) {
        return Asking.request(provider.tokenEndpoint(), credential);
    }

    private TokenException refusal(ClientSecret credential) {
        return Asking.refusal(() -> acquire(credential), "the-first-secret", "the-next-secret");
    }

    private int requestsSince(int before) {
        return provider.asked().size() - before;
    }

    @Test
    void theFirstSecretIsTheFirstChoice() throws Exception {
        assertThat(acquire(BOTH)).isEqualTo("token-of-the-first-secret");
        provider.onlyRequest();
    }

    @Test
    void anExpiredSecretMakesWayForTheNextOnceForAll() throws Exception {
        refused.put("the-first-secret", "7000222");
        try (CapturedLog log = CapturedLog.of(RotatingSecret.class)) {
            assertThat(acquire(BOTH)).isEqualTo("token-of-the-next-secret");
            assertThat(provider.asked()).hasSize(2);
            assertThat(log.records(Level.WARNING))
                    .singleElement()
                    .satisfies(told -> assertThat(told.getMessage())
                            .contains("clientSecretNext", "OMC-1202")
                            .doesNotContain("the-first-secret", "the-next-secret"));

            assertThat(acquire(BOTH)).isEqualTo("token-of-the-next-secret");
            assertThat(provider.asked()).hasSize(3);
            assertThat(log.records(Level.WARNING)).hasSize(1);
        }
    }

    @Test
    void aRemovedSecretMakesWayForTheNextToo() throws Exception {
        refused.put("the-first-secret", "7000215");

        assertThat(acquire(BOTH)).isEqualTo("token-of-the-next-secret");
    }

    @Test
    void whenTheNextIsRefusedTheFirstIsTriedAgain() throws Exception {
        refused.put("the-first-secret", "7000215");
        assertThat(acquire(BOTH)).isEqualTo("token-of-the-next-secret");
        refused.clear();
        refused.put("the-next-secret", "7000222");
        int before = provider.asked().size();
        try (CapturedLog log = CapturedLog.of(RotatingSecret.class)) {
            assertThat(acquire(BOTH)).isEqualTo("token-of-the-first-secret");
            assertThat(log.records(Level.WARNING))
                    .singleElement()
                    .satisfies(told -> assertThat(told.getMessage()).contains("Entra accepts clientSecret of"));
        }
        assertThat(requestsSince(before)).isEqualTo(2);
        assertThat(acquire(BOTH)).isEqualTo("token-of-the-first-secret");
        assertThat(requestsSince(before)).isEqualTo(3);
    }

    @Test
    void ofTwoWrongSecretsTheFirstOnesRefusalIsTold() {
        refused.put("the-first-secret", "7000222");
        refused.put("the-next-secret", "7000215");
        TokenException refusal = refusal(BOTH);

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.CLIENT_SECRET_EXPIRED);
        assertThat(refusal.getSuppressed()).hasSize(1);
        assertThat(provider.asked()).hasSize(2);
    }

    @Test
    void aRefusalOfSomethingElseIsToldAsItIs() {
        refused.put("the-first-secret", "700016");

        assertThat(Asking.code(refusal(BOTH))).isEqualTo(DiagnosisCode.APPLICATION_UNKNOWN);
        provider.onlyRequest();
    }

    @Test
    void whatHappensToTheNextSecretsRequestIsToldIfItIsNoRefusalOfIt() {
        refused.put("the-first-secret", "7000222");
        refused.put("the-next-secret", "65001");

        assertThat(Asking.code(refusal(BOTH))).isEqualTo(DiagnosisCode.CONSENT_MISSING);
    }

    @Test
    void withoutANextSecretThereIsOneRequest() {
        refused.put("the-first-secret", "7000215");

        assertThat(Asking.code(refusal(new ClientSecret(Secret.of("the-first-secret"), Optional.empty()))))
                .isEqualTo(DiagnosisCode.CLIENT_SECRET_WRONG);
        provider.onlyRequest();
    }
}

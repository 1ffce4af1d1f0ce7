package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.SettableClock;

@Tag("unit")
class RefusalsTest {

    private static final TokenRequest REQUEST = Nodes.REQUEST;
    private static final Secret MATERIAL = Nodes.MATERIAL;

    private final SettableClock clock = new SettableClock();
    private double jitter;
    private final Refusals refusals = new Refusals(clock, () -> jitter);

    private static TokenException failure(DiagnosisCode code, Duration retryAfter) {
        return new TokenException(Diagnosis.of(code, "No.", Map.of("host", "login")), retryAfter, null);
    }

    /** Refuses and waits until nothing stands in the way of the next request. */
    private Duration wait(DiagnosisCode code, Duration retryAfter) {
        Refusal refusal = refusals.remember(REQUEST, MATERIAL, failure(code, retryAfter));
        Duration wait = Duration.between(clock.instant(), refusal.until());
        clock.advance(wait.minusMillis(1));
        assertThat(refusals.standing(REQUEST, MATERIAL)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(refusals.standing(REQUEST, MATERIAL)).isEmpty();
        return wait;
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_SECRET_WRONG, 30",
        "TOKEN_REFUSED, 30",
        "CERTIFICATE_REFUSED, 30",
        "TOKEN_ENDPOINT_UNREACHABLE, 5",
        "TOKEN_ENDPOINT_UNAVAILABLE, 5",
        "CERTIFICATE_UNUSABLE, 5"
    })
    void whatMustBeMendedStandsLongerThanWhatMayEndByItself(DiagnosisCode code, int seconds) {
        assertThat(wait(code, null)).hasSeconds(seconds);
    }

    @Test
    void theWaitGrowsWithEachFailureInARowUpToAMinute() {
        assertThat(List.of(5, 10, 20, 40, 60, 60))
                .allSatisfy(seconds -> assertThat(wait(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE, null))
                        .hasSeconds(seconds));
    }

    @Test
    void aSuccessEndsTheRow() {
        wait(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE, null);
        refusals.forget(REQUEST, MATERIAL);

        assertThat(wait(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE, null)).hasSeconds(5);
    }

    @Test
    void aFailureLongAfterTheOneBeforeIsAFirstOneAgain() {
        wait(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE, null);
        clock.advance(Duration.ofMinutes(11));

        assertThat(wait(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE, null)).hasSeconds(5);
    }

    @Test
    void waitsDifferByAFifthSoThatNodesDoNotComeBackTogether() {
        jitter = 1;

        assertThat(wait(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE, null)).hasSeconds(6);
    }

    @Test
    void theProvidersWishIsHonouredToTheSecondAndWithinReason() {
        jitter = 1;
        assertThat(wait(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED, Duration.ofSeconds(7)))
                .hasSeconds(7);
        assertThat(wait(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED, Duration.ofHours(1)))
                .hasMinutes(5);
    }

    @Test
    void aRefusalWithoutAWishTellsNoneAndOneWithAWishWhatIsLeft() {
        Refusal without = refusals.remember(REQUEST, MATERIAL, failure(DiagnosisCode.TOKEN_REFUSED, null));
        assertThat(without.exception(clock.instant()).retryAfter()).isEmpty();

        Refusal wish = refusals.remember(
                REQUEST, MATERIAL, failure(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED, Duration.ofSeconds(7)));
        clock.advance(Duration.ofSeconds(3));
        assertThat(wish.exception(clock.instant()).retryAfter()).contains(Duration.ofSeconds(4));
    }

    @Test
    void aRefusalGoesThroughTheSharedCacheAsItIs() {
        Refusal refusal = refusals.remember(
                REQUEST, MATERIAL, failure(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED, Duration.ofSeconds(7)));

        assertThat(Refusal.read(refusal.write())).hasValueSatisfying(read -> {
            assertThat(read.diagnosis()).isEqualTo(refusal.diagnosis());
            assertThat(read.wished()).isTrue();
            assertThat(read.count()).isEqualTo(1);
            assertThat(read.until().toEpochMilli()).isEqualTo(refusal.until().toEpochMilli());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"code\":\"OMC-9999\",\"asked\":1,\"until\":1,\"count\":1}",
                "{\"code\":\"OMC-1201\",\"until\":1,\"count\":1}"
            })
    void anEntryOfAnotherVersionIsNone(String text) {
        assertThat(Refusal.read(text)).isEmpty();
    }
}

package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

@Tag("unit")
class RefusalsTest {

    private static final TokenRequest REQUEST = new TokenRequest(
            URI.create("https://login.example"), "tenant", "client", Secret.of("secret"), "scope/.default");

    private final SettableClock clock = new SettableClock();
    private final Refusals refusals = new Refusals(clock);

    @ParameterizedTest
    @CsvSource({
        "CLIENT_SECRET_WRONG, 30",
        "TOKEN_REFUSED, 30",
        "TOKEN_ENDPOINT_UNREACHABLE, 5",
        "TOKEN_ENDPOINT_UNAVAILABLE, 5"
    })
    void whatMustBeMendedStandsLongerThanWhatMayEndByItself(DiagnosisCode code, int seconds) {
        refusals.remember(REQUEST, refusal(code, null));
        clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(refusals.standing(REQUEST)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(refusals.standing(REQUEST)).isEmpty();
    }

    @Test
    void theProvidersWishIsHonouredWithinReason() {
        refusals.remember(REQUEST, refusal(DiagnosisCode.TOKEN_ENDPOINT_THROTTLED, Duration.ofHours(1)));
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(refusals.standing(REQUEST)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(refusals.standing(REQUEST)).isEmpty();
    }

    @Test
    void aRefusalWithoutAWishTellsNone() {
        refusals.remember(REQUEST, refusal(DiagnosisCode.TOKEN_REFUSED, null));
        assertThat(refusals.standing(REQUEST))
                .hasValueSatisfying(again -> assertThat(again.retryAfter()).isEmpty());
    }

    private static TokenException refusal(DiagnosisCode code, Duration retryAfter) {
        return new TokenException(Diagnosis.of(code, "No.", Map.of()), retryAfter, null);
    }
}

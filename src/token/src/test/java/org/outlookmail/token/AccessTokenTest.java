package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token and its end. */
@Tag("unit")
class AccessTokenTest {

    private static final Instant END = Instant.parse("2026-11-20T09:00:00Z");
    private static final AccessToken TOKEN = new AccessToken("eyJ-seen-by-nobody", END.minusSeconds(3600), END);

    @Test
    void itsTextFormShowsOnlyItsMoments() {
        assertThat(TOKEN).hasToString("AccessToken[obtainedAt=2026-11-20T08:00:00Z, expiresAt=2026-11-20T09:00:00Z]");
    }

    @Test
    void itMustLiveLongerThanTheMargin() {
        Duration margin = Duration.ofMinutes(3);

        assertThat(TOKEN.livesFor(END.minus(margin).minusNanos(1), margin)).isTrue();
        assertThat(TOKEN.livesFor(END.minus(margin), margin)).isFalse();
    }

    @Test
    void ofATokenThatLivesAMinuteTheMarginIsAQuarter() {
        AccessToken brief = new AccessToken("brief", END.minusSeconds(60), END);
        Duration margin = Duration.ofMinutes(3);

        assertThat(brief.livesFor(END.minusSeconds(16), margin)).isTrue();
        assertThat(brief.livesFor(END.minusSeconds(15), margin)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0001auth=Bearer b", "a\r\nb", "a\u0000", "a\u007f", "a\u00e9"})
    void noTokenHasACharacterThatXoauth2WouldTakeForItsOwn(String value) {
        assertThatThrownBy(() -> new AccessToken(value, END.minusSeconds(60), END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("auth");
    }

    @Test
    void theTextFormOfARequestShowsNoSecret() {
        assertThat(Nodes.request("do-not-show").toString())
                .contains("the-client-id")
                .doesNotContain("do-not-show");
    }
}

package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A token and its end. */
@Tag("unit")
class AccessTokenTest {

    private static final Instant END = Instant.parse("2026-11-20T09:00:00Z");
    private static final AccessToken TOKEN = new AccessToken("eyJ-seen-by-nobody", END);

    @Test
    void itsTextFormShowsOnlyItsEnd() {
        assertThat(TOKEN).hasToString("AccessToken[expiresAt=2026-11-20T09:00:00Z]");
    }

    @Test
    void itMustLiveLongerThanTheMargin() {
        Duration margin = Duration.ofMinutes(3);

        assertThat(TOKEN.livesFor(END.minus(margin).minusNanos(1), margin)).isTrue();
        assertThat(TOKEN.livesFor(END.minus(margin), margin)).isFalse();
    }
}

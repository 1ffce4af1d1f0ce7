package org.outlookmail.mail.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.cluster.SharedEntries;

/** At most so many messages in any 60 seconds, whatever the order of bursts and rests. */
@Tag("unit")
class MessageWindowTest {

    private static final int LIMIT = 30;

    private final ConcurrentHashMap<String, String> cache = new ConcurrentHashMap<>();
    private final MessageWindow one = new MessageWindow(new SharedTexts(() -> SharedEntries.of(cache)), "w", LIMIT);
    private final MessageWindow other = new MessageWindow(new SharedTexts(() -> SharedEntries.of(cache)), "w", LIMIT);
    private final Instant start = Instant.parse("2026-11-21T10:00:00.700Z");

    @Test
    void aBurstUpToTheLimitGoesAtOnceAndTheNextOneWaitsForAMinute() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(one.reserve(start, Duration.ZERO)).contains(start);
        }
        assertThat(one.reserve(start, Duration.ofSeconds(30))).isEmpty();
        assertThat(other.reserve(start, Duration.ofMinutes(2)))
                .as("the other node waits too")
                .contains(Instant.parse("2026-11-21T10:01:01Z"));
    }

    @Test
    void inNoMinuteDoMoreGoThanAllowed() {
        List<Instant> sent = new ArrayList<>();
        Instant now = start;
        for (int i = 0; i < 400; i++) {
            Optional<Instant> turn = (i % 3 == 0 ? one : other).reserve(now, Duration.ofMinutes(20));
            sent.add(turn.orElseThrow());
            now = now.plusMillis(i % 50 == 0 ? 9_300 : 17);
        }
        assertThat(sent).isSorted();
        for (int i = LIMIT; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - LIMIT), sent.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void whoeverDoesNotWaitReservesNothing() {
        for (int i = 0; i < LIMIT; i++) {
            one.reserve(start, Duration.ZERO);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(one.reserve(start, Duration.ofSeconds(1))).isEmpty();
        }
        assertThat(one.reserve(start.plusSeconds(61), Duration.ZERO)).isPresent();
    }

    @Test
    void aFailingCacheLeavesTheLimitToThisServerAlone() {
        MessageWindow alone = new MessageWindow(
                new SharedTexts(() -> {
                    throw new IllegalStateException("no cluster");
                }),
                "w",
                1);
        assertThat(alone.reserve(start, Duration.ZERO)).isPresent();
        assertThat(alone.reserve(start, Duration.ZERO)).isEmpty();
    }
}

package org.outlookmail.mail.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.Place;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;

/** At most so many messages in any 60 seconds, whatever the order of bursts and rests. */
@Tag("unit")
class MessageWindowTest {

    private static final int LIMIT = 30;

    private final SharedMapProbe cache = new SharedMapProbe();
    private final MessageWindow one = window(LIMIT);
    private final MessageWindow other = window(LIMIT);
    private final Instant start = Instant.parse("2026-11-21T10:00:00.700Z");

    private MessageWindow window(int limit) {
        Cluster node = Cluster.of(
                SharedEntries.of(cache),
                new EntryKeys(Optional.empty(), Optional.empty()),
                "node",
                Runnable::run,
                new SettableClock());
        return new MessageWindow(node.text(Place.ofAll("messages", "w")), limit);
    }

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
        cache.breakDown("*");
        MessageWindow alone = window(1);
        assertThat(alone.reserve(start, Duration.ZERO)).isPresent();
        assertThat(alone.reserve(start, Duration.ZERO)).isEmpty();
    }
}

package org.outlookmail.mail.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.cluster.SharedEntries;

/** Who may connect, and in which order, as two nodes see it. */
@Tag("unit")
class PermitsTest {

    private final ConcurrentHashMap<String, String> cache = new ConcurrentHashMap<>();
    private final Permits permits = new Permits(new SharedTexts(() -> SharedEntries.of(cache)), "p", 2);
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    private boolean take(String id, String node) {
        now = now.plusMillis(1);
        return permits.take(id, node, now);
    }

    @Test
    void noMoreThanTheLimitIsGivenOutOverAllNodes() {
        assertThat(take("a", "one")).isTrue();
        assertThat(take("b", "two")).isTrue();
        assertThat(take("c", "one")).isFalse();

        permits.give("a", now);
        assertThat(take("c", "one")).isTrue();
        assertThat(take("d", "two")).isFalse();
    }

    @Test
    void whoeverCameFirstIsServedFirst() {
        take("a", "one");
        take("b", "one");
        assertThat(take("first", "two")).isFalse();
        assertThat(take("second", "one")).isFalse();

        permits.give("a", now);
        assertThat(take("second", "one")).as("the first has not looked yet").isFalse();
        assertThat(take("first", "two")).isTrue();
        permits.give("b", now);
        assertThat(take("second", "one")).isTrue();
    }

    @Test
    void thePermitsOfADeadNodeComeBack() {
        take("a", "dead");
        take("b", "alive");
        now = now.plus(Permits.LIFE).minusSeconds(1);
        permits.renew(Set.of("b"), "alive", now);
        assertThat(take("c", "alive")).isFalse();

        now = now.plusSeconds(2);
        assertThat(take("c", "alive")).isTrue();
        assertThat(take("d", "alive")).as("b was renewed").isFalse();
    }

    @Test
    void aWaitingCallerOfADeadNodeStandsInNobodysWay() {
        take("a", "one");
        take("b", "one");
        take("dead", "two");
        now = now.plus(Permits.LIFE);
        permits.renew(Set.of("a"), "one", now);
        assertThat(take("c", "one")).isTrue();
    }

    @Test
    void permitsThatTheCacheHasLostCountAgain() {
        take("a", "one");
        take("b", "one");
        cache.clear();
        permits.renew(Set.of("a", "b"), "one", now);
        assertThat(take("c", "two")).isFalse();
    }

    @Test
    void itIsToldWhoHoldsWhatAndHowManyWait() {
        take("a", "one:4711");
        take("b", "two:4712");
        take("c", "two:4712");
        now = now.plusSeconds(7);
        assertThat(permits.told(now))
                .isEqualTo("one:4711 has 1, the oldest for 7 s; two:4712 has 1, the oldest for 7 s; 1 waiting");
    }

    @Test
    void whatIsNoLineOfOursIsPassedOver() {
        cache.put("p", "of another version\nh|x|y|z|not a number\n");
        assertThat(take("a", "one")).isTrue();
    }
}

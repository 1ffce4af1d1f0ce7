package org.outlookmail.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;

/** One node at a time, for as long as it takes, and not for longer than it lives. */
@Tag("unit")
class LeaseTest {

    private static final Duration LIFE = Duration.ofSeconds(20);
    private static final Place PLACE = Place.ofAll("lease", "test");

    private final SettableClock clock = new SettableClock();
    private final SharedMapProbe cache = new SharedMapProbe();
    private final EntryKeys keys = new EntryKeys(Optional.empty(), Optional.empty());
    private final Cluster one = node(clock);
    private final Cluster two = node(clock);
    private final Lease lease = one.lease(PLACE, LIFE);
    private final Lease other = two.lease(PLACE, LIFE);

    private Cluster node(SettableClock itsClock) {
        return Cluster.of(
                SharedEntries.of(cache),
                keys,
                "node",
                Runnable::run,
                itsClock,
                () -> itsClock.instant().toEpochMilli() * 1_000_000);
    }

    private void write(String text) {
        new SealedEntries(SharedEntries.of(cache), keys).put(PLACE, text);
    }

    @Test
    void oneNodeHasItUntilItEnds() {
        assertThat(other.acquire()).isTrue();
        clock.advance(LIFE.minusSeconds(1));
        assertThat(lease.acquire()).isFalse();
        assertThat(other.held()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(other.held()).isFalse();
        assertThat(lease.acquire()).isTrue();
    }

    @Test
    void itIsRenewedForAsLongAsTheHolderTakes() {
        assertThat(lease.acquire()).isTrue();
        for (int second = 0; second < 200; second++) {
            clock.advance(Duration.ofSeconds(1));
            one.tick();
            assertThat(other.acquire()).isFalse();
        }
        assertThat(lease.held()).isTrue();
        lease.release();

        assertThat(other.acquire()).isTrue();
    }

    @Test
    void eachHolderHasAGreaterNumberAlsoWhenTheCacheHasLostTheLast() {
        lease.acquire();
        long first = lease.number();
        lease.release();
        assertThat(lease.number()).isZero();
        other.acquire();
        long second = other.number();
        assertThat(second).isGreaterThan(first);
        clock.advance(LIFE);
        cache.clear();
        lease.acquire();

        assertThat(lease.number()).isGreaterThan(second);
    }

    @Test
    void aHolderThatSleptTooLongDoesNotTakeItBack() {
        lease.acquire();
        clock.advance(LIFE);
        other.acquire();
        one.tick();

        assertThat(lease.held()).isFalse();
        assertThat(other.held()).isTrue();
        lease.release();
        assertThat(lease.acquire()).as("the other's still").isFalse();
    }

    /** Whoever can write into the cache cannot keep the cluster from asking for tokens. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1|intruder|999999999999999999",
                "999999999999999999|intruder|999999999999999999",
                "1|intruder|99999999999999999999",
                "1|intruder|-1",
                "x",
                "|",
                "||",
                ""
            })
    void aLeaseWithoutAnEndIsNobodys(String entry) {
        write(entry);
        assertThat(lease.acquire()).isTrue();
        assertThat(lease.number()).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void aNodeWhoseClockIsAheadIsRespectedAndOneAnHourAheadIsNot() {
        SettableClock ahead = new SettableClock();
        ahead.advance(Duration.ofSeconds(50));
        node(ahead).lease(PLACE, LIFE).acquire();
        assertThat(lease.acquire()).isFalse();
        ahead.advance(Duration.ofHours(1));
        node(ahead).lease(PLACE, LIFE).acquire();

        assertThat(lease.acquire()).isTrue();
    }

    @Test
    void aLeaseWhoseTakingFailedOnTheWayIsGivenBack() {
        cache.loseTheAnswerOf("putIfAbsent");
        assertThat(lease.acquire()).as("on this node's word alone").isTrue();
        assertThat(other.acquire()).as("the cache took it before it failed").isFalse();
        lease.release();

        assertThat(other.acquire()).isTrue();
    }
}

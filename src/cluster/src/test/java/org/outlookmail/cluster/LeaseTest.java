package org.outlookmail.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LeaseTest {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final Duration LIFE = Duration.ofSeconds(20);

    private final Map<String, String> cache = new ConcurrentHashMap<>();
    private final Lease lease = new Lease(SharedEntries.of(cache), "lease");

    @Test
    void oneNodeHasItUntilItEnds() {
        Lease other = new Lease(SharedEntries.of(cache), "lease");
        assertThat(other.acquire(NOW, LIFE)).isTrue();
        assertThat(lease.acquire(NOW.plusSeconds(19), LIFE)).isFalse();
        assertThat(lease.acquire(NOW.plusSeconds(20), LIFE)).isTrue();
    }

    /** Whoever can write into the cache cannot keep the cluster from asking for tokens. */
    @ParameterizedTest
    @ValueSource(
            strings = {"intruder|999999999999999999", "intruder|99999999999999999999", "intruder|-1", "x", "|", ""})
    void aLeaseWithoutAnEndIsNobodys(String entry) {
        cache.put("lease", entry);
        assertThat(lease.acquire(NOW, LIFE)).isTrue();
    }

    @Test
    void aNodeWhoseClockIsAheadIsRespected() {
        new Lease(SharedEntries.of(cache), "lease").acquire(NOW.plusSeconds(50), LIFE);
        assertThat(lease.acquire(NOW, LIFE)).isFalse();
    }
}

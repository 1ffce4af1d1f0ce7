package org.outlookmail.mail.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.Place;
import org.outlookmail.cluster.SealedEntries;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.cluster.SharedText;
import org.outlookmail.testkit.SharedMapProbe;

/** Whoever can write into the cluster's cache cannot stop a mailbox for longer than the entry would be one of ours. */
@Tag("unit")
class ForeignEntriesTest {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final String FAR = "999999999999999999";

    private final SharedMapProbe cache = new SharedMapProbe();
    private final EntryKeys keys = new EntryKeys(Optional.empty(), Optional.empty());
    private final Cluster node =
            Cluster.of(SharedEntries.of(cache), keys, "here", Runnable::run, Clock.fixed(NOW, ZoneOffset.UTC));

    /** What somebody writes who has the key. */
    private SharedText written(String kind, String entry) {
        Place place = Place.ofAll(kind, "mailbox");
        new SealedEntries(SharedEntries.of(cache), keys).put(place, entry);
        return node.text(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {FAR + "|1", "1777975200000|1", "99999999999999999999|1", "-1|1", "x", "|", ""})
    void aPauseWithoutAnEndIsNone(String entry) {
        ServerPause pause = new ServerPause(written("pause", entry));
        pause.refresh(NOW);
        assertThat(pause.until()).isBefore(NOW);

        pause.begin(Duration.ZERO, NOW);
        assertThat(pause.until()).isEqualTo(NOW.plus(ServerPause.FIRST));
    }

    @Test
    void aPauseThatAnotherNodeNotedIsObeyed() {
        Instant end = NOW.plus(Duration.ofMinutes(10));
        ServerPause pause = new ServerPause(written("pause", end.toEpochMilli() + "|1"));
        pause.refresh(NOW);
        assertThat(pause.until()).isEqualTo(end);
    }

    @Test
    void aMessageOfAnotherCenturyTakesNobodysTurn() {
        MessageWindow window = new MessageWindow(written("messages", "999999999999:999999999"), 2);
        assertThat(window.reserve(NOW, Duration.ofSeconds(1))).contains(NOW);
    }

    @Test
    void whatIsNotSealedIsNotThere() {
        ServerPause pause = new ServerPause(written("pause", NOW.plusSeconds(60).toEpochMilli() + "|1"));
        cache.replaceAll((name, value) -> NOW.plusSeconds(60).toEpochMilli() + "|1");
        pause.refresh(NOW);
        assertThat(pause.until()).isBefore(NOW);
    }
}

package org.outlookmail.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;

/** Some nodes of one cluster in this JVM, whose time passes when the test says so. */
final class TestCluster {

    final SharedMapProbe cache = new SharedMapProbe();
    final EntryKeys keys = new EntryKeys(Optional.empty(), Optional.empty());
    final SettableClock watch = new SettableClock();
    private final Map<String, Cluster> alive = new LinkedHashMap<>();

    /** A node whose clock and watch go as this test's. */
    Cluster node(String name) {
        return node(name, watch);
    }

    /** A node whose clock says something else; its watch, which measures, is as good as the others'. */
    Cluster node(String name, Clock clock) {
        Cluster node = Cluster.of(
                SharedEntries.of(cache),
                keys,
                name,
                Runnable::run,
                clock,
                () -> watch.instant().toEpochMilli() * 1_000_000);
        node.use(entries -> entries.get(Place.ofAll("nothing", ""))); // so that it is open
        alive.put(name, node);
        return node;
    }

    /** From now on it does nothing any more, without a word. */
    void kill(String name) {
        alive.remove(name);
    }

    /** So many seconds pass. */
    void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            watch.advance(Duration.ofSeconds(1));
            alive.values().forEach(Cluster::tick);
        }
    }

    /** What stands there, as it stands there. */
    String written(Place place) {
        return cache.get(place.name(keys.sealing(place.material())));
    }

    /** What somebody writes who has the key. */
    void write(Place place, String text) {
        new SealedEntries(SharedEntries.of(cache), keys).put(place, text);
    }
}

package org.outlookmail.token;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.SharedEntries;
import org.outlookmail.management.EventLog;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;

/** Two servers of a cluster in one JVM: each with a source of its own, both with the same cache and the same clock. */
final class Nodes {

    private static final String SECRET = "the-client-secret-value";

    static final TokenRequest REQUEST = request(SECRET);

    /** What its credential makes the entries with. */
    static final Secret MATERIAL = Secret.of(SECRET);

    final SettableClock clock = new SettableClock();
    final CountingGrant grantA = new CountingGrant("a", clock);
    final CountingGrant grantB = new CountingGrant("b", clock);
    final SharedMapProbe probe = new SharedMapProbe();
    final TokenSource a = source(grantA, clock, Runnable::run, 0);
    final TokenSource b = source(grantB, clock, Runnable::run, 0);

    /** A further server; its refreshes run on that executor. */
    TokenSource source(Grant grant, Clock itsClock, Executor executor, double jitter) {
        return new TokenSource(cluster(), grant, executor, itsClock, () -> jitter, EventLog.STANDARD);
    }

    /** Another node's view of the cache. */
    ClusterTokenCache clusterCache() {
        return new ClusterTokenCache(cluster());
    }

    private Cluster cluster() {
        return cluster(probe, new EntryKeys(Optional.empty(), Optional.empty()), clock);
    }

    /** A node's view of a map that all nodes share. */
    static Cluster cluster(Map<String, String> shared, EntryKeys keys, Clock clock) {
        return Cluster.of(SharedEntries.of(shared), keys, "node", Runnable::run, clock);
    }

    static TokenRequest request(String secret) {
        return request(new Credential.ClientSecret(Secret.of(secret), Optional.empty()));
    }

    static TokenRequest request(Credential credential) {
        return new TokenRequest(
                URI.create("https://login.example.com/the-tenant-id/oauth2/v2.0/token"),
                "the-tenant-id",
                "the-client-id",
                credential,
                "https://outlook.office365.com/.default",
                HttpSettings.direct(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    }

    int requests() {
        return grantA.requests() + grantB.requests();
    }
}

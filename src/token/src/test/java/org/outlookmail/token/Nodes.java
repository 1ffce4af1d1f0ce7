package org.outlookmail.token;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Two servers of a cluster in one JVM: each with a source of its own, both with the same cache and the same clock. */
final class Nodes implements AutoCloseable {

    static final TokenRequest REQUEST = request("the-client-secret-value");

    final SettableClock clock = new SettableClock();
    final CountingGrant grantA = new CountingGrant("a", clock);
    final CountingGrant grantB = new CountingGrant("b", clock);
    final TokenSource a;
    final TokenSource b;
    private final EmbeddedCache backend = new EmbeddedCache("tokens");

    Nodes() {
        a = source(grantA);
        b = source(grantB);
    }

    /** Refreshes run on the thread that ticks; no jitter. */
    private TokenSource source(Grant grant) {
        ClusterTokenCache cache = clusterCache();
        return new TokenSource(() -> cache, grant, Runnable::run, clock, () -> 0);
    }

    /** Another node's view of the cache. */
    ClusterTokenCache clusterCache() {
        return new ClusterTokenCache(
                new SealedEntries(backend.entries(), new CacheKeys(Optional.empty(), Optional.empty())));
    }

    static TokenRequest request(String secret) {
        return new TokenRequest(
                URI.create("https://login.example.com/the-tenant-id/oauth2/v2.0/token"),
                "the-tenant-id",
                "the-client-id",
                new Credential.ClientSecret(Secret.of(secret), Optional.empty()),
                "https://outlook.office365.com/.default",
                HttpSettings.direct(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    }

    int requests() {
        return grantA.requests() + grantB.requests();
    }

    @Override
    public void close() {
        backend.close();
    }
}

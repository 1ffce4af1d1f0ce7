package org.outlookmail.token;

import java.net.URI;
import java.util.Optional;

/** Two servers of a cluster in one JVM: each with a source of its own, both with the same cache and the same clock. */
final class Nodes implements AutoCloseable {

    static final TokenRequest REQUEST = request("the-client-secret-value");

    final SettableClock clock = new SettableClock();
    final CountingGrant grantA = new CountingGrant("a", clock);
    final CountingGrant grantB = new CountingGrant("b", clock);
    final TokenSource a;
    final TokenSource b;
    final CacheProbe probe;
    private final EmbeddedCache backend = new EmbeddedCache("tokens");

    Nodes() {
        probe = new CacheProbe(backend.cache());
        ClusterTokenCache cacheOfA = clusterCache();
        ClusterTokenCache cacheOfB = clusterCache();
        a = new TokenSource(() -> cacheOfA, grantA, clock);
        b = new TokenSource(() -> cacheOfB, grantB, clock);
    }

    /** Another node's view of the cache. */
    ClusterTokenCache clusterCache() {
        return new ClusterTokenCache(probe.cache(), Optional.empty());
    }

    static TokenRequest request(String secret) {
        return new TokenRequest(
                URI.create("https://login.example.com"),
                "the-tenant-id",
                "the-client-id",
                Secret.of(secret),
                "https://outlook.office365.com/.default");
    }

    int requests() {
        return grantA.requests() + grantB.requests();
    }

    @Override
    public void close() {
        backend.close();
    }
}

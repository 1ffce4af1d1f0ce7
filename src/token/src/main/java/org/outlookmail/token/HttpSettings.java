package org.outlookmail.token;

import java.net.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a token endpoint is reached. Immutable.
 *
 * @param connect how long it may take to accept a TCP connection; at least a millisecond
 * @param read how long it may take between two portions of its answer; at least a millisecond
 * @param proxy an HTTP proxy on the way, or {@link Proxy#NO_PROXY}
 * @param trust which authorities are trusted; empty for those of the server
 */
public record HttpSettings(Duration connect, Duration read, Proxy proxy, Optional<TrustStoreFile> trust) {

    public HttpSettings {
        // Less than a millisecond would reach the socket as 0, which means for ever.
        if (connect.toMillis() < 1 || read.toMillis() < 1) {
            throw new IllegalArgumentException("timeouts must be at least one millisecond: " + connect + ", " + read);
        }
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(trust, "trust");
    }

    /** Straight to the server, trusting whom the application server trusts. */
    public static HttpSettings direct(Duration connect, Duration read) {
        return new HttpSettings(connect, read, Proxy.NO_PROXY, Optional.empty());
    }
}

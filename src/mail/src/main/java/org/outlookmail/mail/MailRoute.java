package org.outlookmail.mail;

import java.net.Proxy;
import java.util.Objects;
import java.util.Optional;
import org.outlookmail.token.TrustStoreFile;

/**
 * How the mail servers are reached. Immutable.
 *
 * @param timeouts all finite
 * @param proxy an HTTP proxy on the way, by CONNECT (RFC 9110, section 9.3.6), or {@link Proxy#NO_PROXY}
 * @param trust which authorities are trusted; empty for those of the application server
 */
public record MailRoute(MailTimeouts timeouts, Proxy proxy, Optional<TrustStoreFile> trust) {

    public MailRoute {
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(trust, "trust");
    }

    /** Straight to the servers, trusting whom the application server trusts. */
    public static MailRoute direct(MailTimeouts timeouts) {
        return new MailRoute(timeouts, Proxy.NO_PROXY, Optional.empty());
    }
}

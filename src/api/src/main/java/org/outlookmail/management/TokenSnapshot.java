package org.outlookmail.management;

import java.time.Instant;
import java.util.Objects;

/**
 * An access token that is at hand, without itself. Immutable.
 *
 * @param subject for whom, as diagnoses say it
 * @param scope for what (RFC 6749, section 3.3)
 * @param obtainedAt since when it is good
 * @param expiresAt until when; it is replaced earlier if it is in use
 */
public record TokenSnapshot(String subject, String scope, Instant obtainedAt, Instant expiresAt) {

    public TokenSnapshot {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(obtainedAt, "obtainedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}

package org.outlookmail.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A bearer token and the moment it ends (RFC 6749, section 5.1). Immutable; its text form shows only the moment.
 *
 * @param value the token as it goes over the wire; never log it
 * @param expiresAt when the server stops taking it
 */
public record AccessToken(String value, Instant expiresAt) {

    public AccessToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /**
     * Whether the token can still be used for a while.
     *
     * @param now the present moment
     * @param margin how long it must still live
     */
    public boolean livesFor(Instant now, Duration margin) {
        return now.plus(margin).isBefore(expiresAt);
    }

    /** What the token says of itself, for diagnosis. */
    public TokenClaims claims() {
        return TokenClaims.of(value);
    }

    @Override
    public String toString() {
        return "AccessToken[expiresAt=" + expiresAt + "]";
    }
}

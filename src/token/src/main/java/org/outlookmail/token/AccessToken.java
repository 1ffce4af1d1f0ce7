package org.outlookmail.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.outlookmail.secret.Secret;

/**
 * A bearer token and its life (RFC 6749, section 5.1). Immutable; its text form shows only the moments.
 *
 * @param secret the token as it goes over the wire
 * @param obtainedAt when it was received
 * @param expiresAt when the server stops taking it
 */
public record AccessToken(Secret secret, Instant obtainedAt, Instant expiresAt) {

    public AccessToken {
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(obtainedAt, "obtainedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (!visible(secret.reveal())) {
            // Between XOAUTH2's fields stands a control character, so one in a token would begin a field of its own.
            throw new IllegalArgumentException("the token has characters that no token may have");
        }
    }

    /** Whether a text can be a token: visible ASCII characters and blanks, at least one (RFC 6749, appendix A.12). */
    public static boolean visible(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** An ordinary token. */
    public AccessToken(String value, Instant obtainedAt, Instant expiresAt) {
        this(Secret.of(value), obtainedAt, expiresAt);
    }

    /** The token in clear text; never log it, never put it into an exception. */
    public String value() {
        return secret.reveal();
    }

    /** How long it lives altogether. */
    public Duration lifetime() {
        return Duration.between(obtainedAt, expiresAt);
    }

    /**
     * Whether the token can still be used for a while.
     *
     * @param now the present moment
     * @param margin how long it must still live; never more than a quarter of its life, for providers whose tokens live
     *     for a minute
     */
    public boolean livesFor(Instant now, Duration margin) {
        return now.isBefore(usableUntil(margin));
    }

    /** The moment at which it has less than that margin to live. */
    Instant usableUntil(Duration margin) {
        Duration quarter = lifetime().dividedBy(4);
        return expiresAt.minus(margin.compareTo(quarter) > 0 ? quarter : margin);
    }

    /** What the token says of itself, for diagnosis. */
    public TokenClaims claims() {
        return TokenClaims.of(value());
    }

    @Override
    public String toString() {
        return "AccessToken[obtainedAt=" + obtainedAt + ", expiresAt=" + expiresAt + "]";
    }
}

package org.outlookmail.mail;

import java.time.Duration;

/**
 * Until when somebody is willing to wait, by the clock that no administrator sets. Immutable.
 *
 * @param nanos of {@link System#nanoTime}
 */
public record Deadline(long nanos) {

    /** That long from now. */
    public static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** What is left; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** The one of the two that comes first. */
    public Deadline earlier(Deadline other) {
        return nanos - other.nanos <= 0 ? this : other;
    }

    /** Whether a wait of that length ends in time. */
    public boolean allows(Duration wait) {
        return wait.isZero() || wait.isNegative() || left().compareTo(wait) >= 0;
    }
}

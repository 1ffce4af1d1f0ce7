package org.outlookmail.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until somebody moves it. Free for any thread. */
public final class SettableClock extends Clock {

    private final AtomicReference<Instant> now;

    private SettableClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    /** One that shows a date in the tests' own year. */
    public SettableClock() {
        this(Instant.parse("2026-11-20T08:00:00Z"));
    }

    /** One that starts at the present moment, for what a server dates by its own clock. */
    public static SettableClock startingNow() {
        return new SettableClock(Instant.now());
    }

    /** Moves it, also back. */
    public void advance(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the product knows no time zone");
    }
}

package org.outlookmail.sandbox.smtp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** Counts the messages of each mailbox in any 60 seconds against a limit. Safe for any thread. */
public final class MessageRate {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final IntSupplier limit;
    private final Map<String, Deque<Instant>> accepted = new HashMap<>();

    /** {@code limit} is asked each time; 0 is no limit. */
    public MessageRate(Clock clock, IntSupplier limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Counts a message of that mailbox; false, and not counted, if it is one too many. */
    synchronized boolean admit(String mailbox) {
        int most = limit.getAsInt();
        if (most == 0) {
            return true;
        }
        Instant now = clock.instant();
        Deque<Instant> recent = accepted.computeIfAbsent(mailbox, address -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.peekFirst().plus(WINDOW).isAfter(now)) {
            recent.removeFirst();
        }
        if (recent.size() >= most) {
            return false;
        }
        recent.addLast(now);
        return true;
    }

    /** Forgets what was counted. */
    public synchronized void reset() {
        accepted.clear();
    }
}

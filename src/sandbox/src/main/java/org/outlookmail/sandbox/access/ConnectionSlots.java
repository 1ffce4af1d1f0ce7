package org.outlookmail.sandbox.access;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** Counts the authenticated connections of each mailbox in one protocol against a limit. Safe for any thread. */
public final class ConnectionSlots {
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Integer> peaks = new HashMap<>();
    private final IntSupplier limit;

    /** {@code limit} is asked each time; 0 is no limit. */
    public ConnectionSlots(IntSupplier limit) {
        this.limit = limit;
    }

    /** Takes a slot, to be given back by {@link #release}; false if the mailbox has none left. */
    public synchronized boolean take(String mailbox) {
        int now = taken.getOrDefault(mailbox, 0);
        int most = limit.getAsInt();
        if (most > 0 && now >= most) {
            return false;
        }
        taken.put(mailbox, now + 1);
        peaks.merge(mailbox, now + 1, Math::max);
        return true;
    }

    /** The most slots that each mailbox had at one time since {@link #resetPeaks}. */
    public synchronized Map<String, Integer> peaks() {
        return Map.copyOf(peaks);
    }

    /** Starts the peaks from what is taken now. */
    public synchronized void resetPeaks() {
        peaks.clear();
        peaks.putAll(taken);
    }

    /** Gives a slot back. */
    public synchronized void release(String mailbox) {
        taken.computeIfPresent(mailbox, (address, count) -> count == 1 ? null : count - 1);
    }
}

package org.outlookmail.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The right of one node to ask for a token. It ends by itself, so a node that dies while asking holds nobody up. Made of
 * nothing but compare-and-replace on a string, {@code holder|expiry}.
 *
 * <p>Thread rule: one attempt, one thread.
 */
public final class Lease {

    /** By how much the nodes' clocks may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final SharedEntries entries;
    private final String name;
    private final String holder = UUID.randomUUID().toString();
    private String held;

    public Lease(SharedEntries entries, String name) {
        this.entries = entries;
        this.name = name;
    }

    /**
     * Takes the lease if nobody has it or the one who had it let it run out.
     *
     * @param now the present moment
     * @param life how long the holder may take undisturbed; well above an ordinary token request and the difference of
     *     the nodes' clocks
     * @return whether it is ours now
     */
    public boolean acquire(Instant now, Duration life) {
        String wanted = holder + "|" + now.plus(life).toEpochMilli();
        String current = entries.get(name);
        held = wanted; // also if the cache fails on the way: it may have taken the entry before
        boolean ours = current == null
                ? entries.putIfAbsent(name, wanted)
                : expired(current, now, life) && entries.replace(name, current, wanted);
        if (!ours) {
            held = null;
        }
        return ours;
    }

    /** Gives the lease back, if it is still ours. */
    public void release() {
        if (held != null) {
            entries.remove(name, held);
            held = null;
        }
    }

    private static boolean expired(String lease, Instant now, Duration life) {
        String expiry = lease.substring(lease.indexOf('|') + 1);
        // What is no lease, or longer than one can be, protects nobody; it would stand in the way of this token for
        // good.
        return !expiry.matches("\\d{1,18}")
                || Long.parseLong(expiry) <= now.toEpochMilli()
                || Long.parseLong(expiry) > now.plus(life).plus(CLOCKS).toEpochMilli();
    }
}

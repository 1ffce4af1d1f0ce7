package org.outlookmail.mail.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.cluster.Register.Change;
import org.outlookmail.cluster.SharedText;

/**
 * Until when a server wants to hear nothing of one mailbox: as long as it says, else some seconds that double while it goes
 * on refusing. One text that all nodes see; each node keeps a copy, so that sending costs no look into the cache.
 *
 * <p>Thread rule: free for any thread.
 */
final class ServerPause {

    static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** No server stops mail for longer by one answer. */
    private static final Duration LONGEST_SUGGESTED = Duration.ofMinutes(10);

    /** An end further ahead is written by none of us, whatever the difference of the clocks, and would never be learnt off. */
    private static final Duration FURTHEST = LONGEST_SUGGESTED.plusMinutes(1);

    private final SharedText shared;
    private volatile Instant until = Instant.MIN;
    private volatile boolean counting;

    ServerPause(SharedText shared) {
        this.shared = shared;
    }

    /** Until when, as far as this node knows; in the past if there is none. */
    Instant until() {
        return until;
    }

    /** Learns what other nodes have met. */
    void refresh(Instant now) {
        Entry entry = Entry.read(shared.read(), now);
        learn(Instant.ofEpochMilli(entry.until));
        counting = entry.count > 0;
    }

    /**
     * Begins or prolongs the pause.
     *
     * @param wish how long the server asks to wait; zero if it does not say
     */
    void begin(Duration wish, Instant now) {
        Duration suggested = wish.compareTo(LONGEST_SUGGESTED) > 0 ? LONGEST_SUGGESTED : wish;
        Entry begun = shared.update(text -> {
            Entry old = Entry.read(text, now);
            // Several connections are refused at once; that is one refusal, not several in a row.
            boolean same = old.until > now.toEpochMilli() && suggested.isZero();
            int count = same ? old.count : old.count + 1;
            Duration wait = suggested.isZero() ? grown(count) : suggested;
            Entry fresh = new Entry(
                    same ? old.until : Math.max(old.until, now.plus(wait).toEpochMilli()), count);
            return new Change<>(fresh.write(), fresh);
        });
        learn(Instant.ofEpochMilli(begun.until));
        counting = true;
    }

    /** What a cache has lost still counts here: nobody runs against a server that has asked to wait. */
    private synchronized void learn(Instant other) {
        until = other.isAfter(until) ? other : until;
    }

    /** The next pause is a first one again. */
    void end(Instant now) {
        if (counting) {
            counting = false;
            shared.update(text -> new Change<>(new Entry(Entry.read(text, now).until, 0).write(), null));
        }
    }

    private static Duration grown(int count) {
        Duration grown = FIRST.multipliedBy(1L << Math.min(count - 1, 10));
        return grown.compareTo(LONGEST) > 0 ? LONGEST : grown;
    }

    private record Entry(long until, int count) {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\|(\\d{1,6})");

        static Entry read(String text, Instant now) {
            Matcher entry = TEXT.matcher(text);
            return entry.matches()
                            && Long.parseLong(entry.group(1))
                                    <= now.plus(FURTHEST).toEpochMilli()
                    ? new Entry(Long.parseLong(entry.group(1)), Integer.parseInt(entry.group(2)))
                    : new Entry(0, 0);
        }

        String write() {
            return until + "|" + count;
        }
    }
}

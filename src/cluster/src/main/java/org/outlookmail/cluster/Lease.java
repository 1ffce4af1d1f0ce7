package org.outlookmail.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.cluster.Register.Change;

/**
 * The right of one node to do something while all others wait. It ends by itself, so a node that dies holds nobody up for
 * longer than its life; while it is held, {@link Cluster#tick} renews it. Each holder gets a number greater than every one
 * before (a fencing token), also after the cache has lost the entry, as far as the nodes' clocks are right.
 *
 * <p>Made of one text, {@code number|holder|end}, changed by compare-and-replace. It stays when the lease is given back,
 * without holder, to keep the number.
 *
 * <p>Thread rule: acquired and released by one thread; renewed by another.
 */
public final class Lease {

    /** By how much the nodes' clocks may differ; an end further ahead than its life and this is written by none of us. */
    static final Duration CLOCKS = Duration.ofMinutes(1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\|([\\w-]{0,64})\\|(\\d{1,18})");

    private final Cluster cluster;
    private final Place place;
    private final Duration life;
    private final Clock clock;
    private final Beat beat;
    private final String holder = UUID.randomUUID().toString();

    /** Written under this: 0 if not held. */
    private volatile long number;

    /** Written under this: until when it is ours if nobody renews it. */
    private volatile Instant end = Instant.MIN;

    Lease(Cluster cluster, Place place, Duration life, Executor executor, Clock clock, LongSupplier nanos) {
        this.cluster = cluster;
        this.place = place;
        this.life = life;
        this.clock = clock;
        this.beat = new Beat("a lease", Duration.ofSeconds(1), executor, nanos, this::renew);
    }

    /** Each is renewed by itself, so that none waits for another's slow operation. */
    void tick() {
        if (due()) {
            beat.tick();
        }
    }

    private record Entry(long number, String holder, long end) {

        static Entry read(String text) {
            Matcher entry = TEXT.matcher(text);
            return entry.matches()
                    ? new Entry(Long.parseLong(entry.group(1)), entry.group(2), Long.parseLong(entry.group(3)))
                    : new Entry(0, "", 0);
        }

        String write() {
            return number + "|" + holder + "|" + end;
        }

        /** What is longer than a lease can be protects nobody; it would stand in the way for good. */
        boolean free(Instant now, Duration life) {
            return holder.isEmpty()
                    || end <= now.toEpochMilli()
                    || end > now.plus(life).plus(CLOCKS).toEpochMilli();
        }
    }

    /**
     * Takes the lease if nobody has it or the one who had it let it run out. A cache that fails keeps nobody from anything:
     * then it is ours, on this node's word alone.
     */
    public synchronized boolean acquire() {
        Instant now = clock.instant();
        Instant fresh = now.plus(life);
        // Before the attempt: if the cache fails on the way, it may have taken the entry before.
        end = fresh;
        Optional<Long> taken = cluster.use(entries -> entries.register(place).update(text -> {
            Entry entry = Entry.read(text);
            if (!entry.free(now, life) && !entry.holder().equals(holder)) {
                return new Change<>(null, 0L);
            }
            long believable = entry.number() > now.plus(CLOCKS).toEpochMilli() ? 0 : entry.number();
            long next = Math.max(believable + 1, now.toEpochMilli());
            return new Change<>(new Entry(next, holder, fresh.toEpochMilli()).write(), next);
        }));
        number = taken.orElse(now.toEpochMilli());
        if (number == 0) {
            end = Instant.MIN;
            return false;
        }
        cluster.held(this);
        return true;
    }

    /** The fencing token: greater than that of every holder before. 0 if the lease is not held. */
    public long number() {
        return number;
    }

    /** Whether it is still ours, as far as this node knows. */
    public boolean held() {
        return number != 0 && clock.instant().isBefore(end);
    }

    /** Whether a third of its life is over; does not wait for a renewal that is under way. */
    private boolean due() {
        return number != 0
                && !clock.instant().isBefore(end.minus(life.multipliedBy(2).dividedBy(3)));
    }

    /** Prolongs it, unless somebody else has it now. */
    private synchronized void renew() {
        if (number == 0) {
            return;
        }
        long mine = number;
        Instant now = clock.instant();
        Instant fresh = now.plus(life);
        boolean ours = cluster.use(entries -> entries.register(place).update(text -> {
                    Entry entry = Entry.read(text);
                    return entry.holder().equals(holder) || (entry.free(now, life) && entry.number() <= mine)
                            ? new Change<>(new Entry(mine, holder, fresh.toEpochMilli()).write(), true)
                            : new Change<>(null, false);
                }))
                .orElse(Boolean.TRUE);
        if (ours) {
            end = fresh;
        } else {
            end = Instant.MIN;
            cluster.released(this);
        }
    }

    /** Gives the lease back, if it is still ours. A second call does nothing. */
    public synchronized void release() {
        if (number == 0) {
            return;
        }
        number = 0;
        end = Instant.MIN;
        cluster.released(this);
        cluster.use(entries -> entries.register(place).update(text -> {
            Entry entry = Entry.read(text);
            return entry.holder().equals(holder)
                    ? new Change<>(new Entry(entry.number(), "", 0).write(), true)
                    : new Change<>(null, false);
        }));
    }
}

package org.outlookmail.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.outlookmail.OneLine;

/**
 * Something that is done again and again, on the server's threads, never twice at a time: one that is slow holds up itself
 * and no other.
 *
 * <p>Thread rule: ticked by one thread.
 */
final class Beat {

    private static final Logger LOG = System.getLogger(Beat.class.getName());

    private final String name;
    private final long periodNanos;
    private final Executor executor;
    private final LongSupplier nanos;
    private final Runnable work;
    private final AtomicBoolean running = new AtomicBoolean();
    private boolean begun;
    private long lastNanos;

    Beat(String name, Duration period, Executor executor, LongSupplier nanos, Runnable work) {
        this.name = name;
        // A tick that comes a little early shall not wait for the next one.
        this.periodNanos = period.toNanos() - Duration.ofMillis(300).toNanos();
        this.executor = executor;
        this.nanos = nanos;
        this.work = work;
    }

    /** Does it, if its time has come and the last time is over. */
    void tick() {
        long now = nanos.getAsLong();
        if ((begun && now - lastNanos < periodNanos) || !running.compareAndSet(false, true)) {
            return;
        }
        begun = true;
        lastNanos = now;
        boolean started = false;
        try {
            executor.execute(this::run);
            started = true;
        } catch (RejectedExecutionException busy) {
            LOG.log(Level.DEBUG, "no thread for " + name + " of the cluster; trying again", busy);
        } finally {
            if (!started) {
                running.set(false);
            }
        }
    }

    private void run() {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, name + " of the cluster could not be looked after", OneLine.cause(failure));
        } finally {
            running.set(false);
        }
    }
}

package org.outlookmail.mail.wire;

import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends writes to a mail server that hang. Angus Mail schedules a task before each write and cancels it afterwards, and
 * would start a thread of its own for every connection to do so; this scheduler has no thread. Whoever owns it calls
 * {@link #tick} about once a second, from a timer of the application server.
 *
 * <p>Thread rule: free for any thread.
 */
public final class WriteTimeouts extends AbstractExecutorService implements ScheduledExecutorService {

    private final Set<Deadline<?>> pending = ConcurrentHashMap.newKeySet();
    private final boolean ticked;

    /** For an owner who calls {@link #tick}. */
    public WriteTimeouts() {
        this(true);
    }

    private WriteTimeouts(boolean ticked) {
        this.ticked = ticked;
    }

    /**
     * For where nobody can tick, outside of a resource adapter: each connection gets the thread that Angus Mail starts for
     * it at its first write, and ends when it is closed. A write that it ends may be told as a lost connection.
     */
    public static WriteTimeouts ofEachConnection() {
        return new WriteTimeouts(false);
    }

    /** Whether Angus Mail is to schedule here. */
    public boolean ticked() {
        return ticked;
    }

    /** Runs what is due: closes the sockets of writes that have taken too long. */
    public void tick() {
        long now = System.nanoTime();
        for (Deadline<?> deadline : pending) {
            if (deadline.dueNanos - now <= 0) {
                deadline.run();
            }
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        Deadline<V> deadline = new Deadline<>(callable, System.nanoTime() + unit.toNanos(delay));
        pending.add(deadline);
        return deadline;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new RejectedExecutionException("only single deadlines");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new RejectedExecutionException("only single deadlines");
    }

    @Override
    public void execute(Runnable command) {
        throw new RejectedExecutionException("only single deadlines");
    }

    @Override
    public void shutdown() {
        // It belongs to the resource adapter, not to a connection that asks for its end.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    /** Writes under way; for tests. */
    int pending() {
        return pending.size();
    }

    private final class Deadline<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long dueNanos;
        private final AtomicBoolean decided = new AtomicBoolean();

        Deadline(Callable<V> callable, long dueNanos) {
            super(callable);
            this.dueNanos = dueNanos;
        }

        @Override
        public void run() {
            if (decided.compareAndSet(false, true)) {
                super.run();
            }
        }

        /**
         * False as soon as the socket is being closed: the writing thread, which that wakes, asks here whether its time
         * was up, and a FutureTask would let itself be cancelled in the middle of its run.
         */
        @Override
        public boolean cancel(boolean interrupting) {
            return decided.compareAndSet(false, true) && super.cancel(false);
        }

        @Override
        protected void done() {
            pending.remove(this);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}

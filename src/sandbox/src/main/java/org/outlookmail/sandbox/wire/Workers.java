package org.outlookmail.sandbox.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one sandbox. All are daemons, so that a test that forgets to close its box still ends. Safe for any
 * thread. The sandbox closes it last, when no socket is open any more.
 */
public final class Workers implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final ExecutorService threads = Executors.newCachedThreadPool(named("sandbox"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(named("sandbox-timer"));

    /** Runs blocking work, a thread each. */
    public Executor threads() {
        return threads;
    }

    /** Runs short work at a later time. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Interrupts what still runs and waits up to ten seconds for it. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(Workers.class.getName())
                        .log(System.Logger.Level.WARNING, "Threads of the sandbox still run after the close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

package org.outlookmail.token;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Threads that all do the same at the same moment. For the test's own thread. */
final class Crowd<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<FutureTask<T>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch start = new CountDownLatch(1);

    /** Lets {@code size} threads do it; they begin together with {@link #start}. */
    Crowd<T> add(int size, Callable<T> deed) {
        for (int i = 0; i < size; i++) {
            FutureTask<T> task = new FutureTask<>(() -> {
                start.await();
                return deed.call();
            });
            Thread thread = new Thread(task, "crowd-" + threads.size());
            thread.setDaemon(true);
            tasks.add(task);
            threads.add(thread);
            thread.start();
        }
        return this;
    }

    /** Lets them go. */
    Crowd<T> start() {
        start.countDown();
        return this;
    }

    /** Lets them go and returns when each one of them waits for something. */
    Crowd<T> startAndGetStuck() {
        awaitStuck();
        start.countDown();
        // The same states as before the start, so first see them gone from there.
        await().atMost(PATIENCE).until(() -> threads.stream().noneMatch(this::isAtTheStart));
        awaitStuck();
        return this;
    }

    private void awaitStuck() {
        await().atMost(PATIENCE)
                .until(() -> threads.stream()
                        .map(Thread::getState)
                        .allMatch(state -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING));
    }

    private boolean isAtTheStart(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(TokenSource.class.getName())) {
                return false;
            }
        }
        return thread.isAlive();
    }

    Thread thread(int number) {
        return threads.get(number);
    }

    /** What each of them returned, in no order of time. */
    List<T> results() throws Exception {
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            results.add(task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        return results;
    }

    /** What each of them threw; null for one that returned. */
    List<Throwable> failures() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            try {
                task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                failures.add(null);
            } catch (ExecutionException failed) {
                failures.add(failed.getCause());
            }
        }
        return failures;
    }
}

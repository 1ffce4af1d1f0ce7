package org.outlookmail.testkit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A cluster's map with a tap: fails when told, tells what lies in it, lets a test do something before an operation. Only
 * the five operations that the product uses are tapped.
 */
public final class SharedMapProbe extends ConcurrentHashMap<String, String> {

    private static final long serialVersionUID = 1L;

    private final AtomicInteger failures = new AtomicInteger();
    private transient volatile Set<String> broken = Set.of();
    private final AtomicReference<String> watched = new AtomicReference<>("");
    private transient volatile boolean losing;
    private transient volatile Runnable before = () -> {};

    /** From now on these operations throw; {@code *} is all of them, nothing mends the map. */
    public void breakDown(String... operations) {
        broken = Set.of(operations);
    }

    /** How many operations have thrown. */
    public int failures() {
        return failures.get();
    }

    /** Runs something once, before the next call of an operation. */
    public void before(String operation, Runnable deed) {
        before = deed;
        watched.set(operation);
    }

    /** The next operation is done, but its answer is lost on the way. */
    public void loseTheAnswerOf(String operation) {
        before(operation, () -> losing = true);
    }

    /** What lies in the map, tap or not. */
    public Map<String, String> entries() {
        return Map.copyOf(this);
    }

    private <T> T tapped(String operation, Supplier<T> work) {
        if (watched.compareAndSet(operation, "")) {
            before.run();
        }
        if (broken.contains("*") || broken.contains(operation)) {
            failures.incrementAndGet();
            throw new IllegalStateException("the cache is out of order");
        }
        T answer = work.get();
        if (losing) {
            losing = false;
            throw new IllegalStateException("the answer is lost");
        }
        return answer;
    }

    @Override
    public String get(Object name) {
        return tapped("get", () -> super.get(name));
    }

    @Override
    public String put(String name, String value) {
        return tapped("put", () -> super.put(name, value));
    }

    @Override
    public String putIfAbsent(String name, String value) {
        return tapped("putIfAbsent", () -> super.putIfAbsent(name, value));
    }

    @Override
    public boolean replace(String name, String old, String value) {
        return tapped("replace", () -> super.replace(name, old, value));
    }

    @Override
    public boolean remove(Object name, Object value) {
        return tapped("remove", () -> super.remove(name, value));
    }
}

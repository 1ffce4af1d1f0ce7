package org.outlookmail.token;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.cache.CacheException;

/** Shared entries with a tap: fail when told, tell what lies in them, let a test do something before an operation. */
final class CacheProbe implements SharedEntries {

    private final ConcurrentMap<String, String> inner = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Set<String> broken = Set.of();
    private volatile String watched = "";
    private volatile boolean losing;
    private volatile Runnable before = () -> {};

    /** From now on these operations throw; {@code *} is all of them, nothing mends the cache. */
    void breakDown(String... operations) {
        broken = Set.of(operations);
    }

    /** How many operations have thrown. */
    int failures() {
        return failures.get();
    }

    /** Runs something once, before the next call of an operation. */
    void before(String operation, Runnable deed) {
        before = deed;
        watched = operation;
    }

    /** The next operation is done, but its answer is lost on the way. */
    void loseTheAnswerOf(String operation) {
        before(operation, () -> losing = true);
    }

    /** What lies in the cache. */
    Map<String, String> entries() {
        return Map.copyOf(inner);
    }

    /** The cache itself. */
    Map<String, String> raw() {
        return inner;
    }

    private <T> T tapped(String operation, Supplier<T> work) {
        if (operation.equals(watched)) {
            watched = "";
            before.run();
        }
        if (broken.contains("*") || broken.contains(operation)) {
            failures.incrementAndGet();
            throw new CacheException("the cache is out of order");
        }
        T answer = work.get();
        if (losing) {
            losing = false;
            throw new CacheException("the answer is lost");
        }
        return answer;
    }

    @Override
    public String get(String name) {
        return tapped("get", () -> inner.get(name));
    }

    @Override
    public void put(String name, String value) {
        tapped("put", () -> inner.put(name, value));
    }

    @Override
    public boolean putIfAbsent(String name, String value) {
        return tapped("putIfAbsent", () -> inner.putIfAbsent(name, value) == null);
    }

    @Override
    public boolean replace(String name, String old, String value) {
        return tapped("replace", () -> inner.replace(name, old, value));
    }

    @Override
    public boolean remove(String name, String value) {
        return tapped("remove", () -> inner.remove(name, value));
    }
}

package org.outlookmail.token;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;

/** A JCache with a tap: fails when told, tells what lies in it, lets a test do something before an operation. */
final class CacheProbe {

    private final Cache<String, String> inner;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Set<String> broken = Set.of();
    private volatile String watched = "";
    private volatile boolean losing;
    private volatile Runnable before = () -> {};

    CacheProbe(Cache<String, String> inner) {
        this.inner = inner;
    }

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

    Map<String, String> entries() {
        Map<String, String> all = new HashMap<>();
        inner.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    Cache<String, String> raw() {
        return inner;
    }

    @SuppressWarnings("unchecked")
    Cache<String, String> cache() {
        return (Cache<String, String>) Proxy.newProxyInstance(
                CacheProbe.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(watched)) {
                        watched = "";
                        before.run();
                    }
                    if (broken.contains("*") || broken.contains(method.getName())) {
                        failures.incrementAndGet();
                        throw new CacheException("the cache is out of order");
                    }
                    try {
                        Object answer = method.invoke(inner, arguments);
                        if (losing) {
                            losing = false;
                            throw new CacheException("the answer is lost");
                        }
                        return answer;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}

package org.outlookmail.cluster;

import java.util.Map;
import java.util.Set;
import javax.cache.Cache;

/**
 * What the cluster shares, as plain strings: a cache server needs no class of ours, and any product will do.
 *
 * <p>Thread rule: free for any thread. Each operation may fail with the product's own RuntimeException.
 */
public interface SharedEntries {

    /** The value, or null. */
    String get(String name);

    /** The values of those that there are, in one operation where the product has one. */
    Map<String, String> getAll(Set<String> names);

    void put(String name, String value);

    /** Whether there was none and now there is. */
    boolean putIfAbsent(String name, String value);

    /** Whether the old value was there and now the new one is. */
    boolean replace(String name, String old, String value);

    /** Whether the value was there and now is gone. */
    boolean remove(String name, String value);

    /** Whether no other node can come between the two halves of {@link #replace}: only then can it exclude anybody. */
    boolean atomic();

    /** A JCache (JSR 107). */
    static SharedEntries of(Cache<String, String> cache) {
        return new SharedEntries() {
            @Override
            public String get(String name) {
                return cache.get(name);
            }

            @Override
            public Map<String, String> getAll(Set<String> names) {
                return cache.getAll(names);
            }

            @Override
            public void put(String name, String value) {
                cache.put(name, value);
            }

            @Override
            public boolean putIfAbsent(String name, String value) {
                return cache.putIfAbsent(name, value);
            }

            @Override
            public boolean replace(String name, String old, String value) {
                return cache.replace(name, old, value);
            }

            @Override
            public boolean remove(String name, String value) {
                return cache.remove(name, value);
            }

            @Override
            public boolean atomic() {
                return true; // JSR 107 says so.
            }
        };
    }

    /**
     * A map, such as Liberty's {@code DistributedMap}. Only a {@link java.util.concurrent.ConcurrentMap} compares and replaces as one step; of
     * any other the entry is read back after it was written, so that of two nodes that wrote at once the later one wins.
     * Should both read before the other's value arrives, both ask for a token, which costs that request and nothing else.
     */
    static SharedEntries of(Map<String, String> map) {
        return new MapEntries(map);
    }
}

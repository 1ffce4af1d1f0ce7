package org.outlookmail.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * A map that all nodes see.
 *
 * <p>Thread rule: free for any thread. Those of this node that write take turns, unless the map sees to that itself; then one
 * that hangs holds up no other.
 */
final class MapEntries implements SharedEntries {

    private final Map<String, String> map;
    private final boolean atomic;

    MapEntries(Map<String, String> map) {
        this.map = map;
        this.atomic = map instanceof ConcurrentMap;
    }

    private <T> T inTurn(Supplier<T> writing) {
        if (atomic) {
            return writing.get();
        }
        synchronized (this) {
            return writing.get();
        }
    }

    @Override
    public String get(String name) {
        return map.get(name);
    }

    @Override
    public Map<String, String> getAll(Set<String> names) {
        Map<String, String> found = new HashMap<>();
        for (String name : names) {
            String value = map.get(name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }

    @Override
    public void put(String name, String value) {
        inTurn(() -> map.put(name, value));
    }

    @Override
    public boolean putIfAbsent(String name, String value) {
        return inTurn(() -> map.putIfAbsent(name, value) == null && stands(name, value));
    }

    @Override
    public boolean replace(String name, String old, String value) {
        return inTurn(() -> map.replace(name, old, value) && stands(name, value));
    }

    @Override
    public boolean remove(String name, String value) {
        return inTurn(() -> map.remove(name, value));
    }

    @Override
    public boolean atomic() {
        return atomic;
    }

    /** Of a map that does not compare and replace in one step: whether nobody has written after us. */
    private boolean stands(String name, String value) {
        return atomic || value.equals(map.get(name));
    }
}

package org.outlookmail.cluster;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.outlookmail.cluster.Availability.Deed;

/**
 * Tells the {@link Availability} how each operation on the cluster's cache ends.
 *
 * <p>Thread rule: free for any thread.
 */
final class WatchedEntries implements SharedEntries {

    private final SharedEntries entries;
    private final Availability availability;

    WatchedEntries(SharedEntries entries, Availability availability) {
        this.entries = entries;
        this.availability = availability;
    }

    private <T> T watched(Deed deed, Supplier<T> operation) {
        T result;
        try {
            result = operation.get();
        } catch (RuntimeException | LinkageError failure) {
            availability.failed(deed, failure);
            throw failure;
        }
        if (availability.fails()) {
            availability.succeeded(deed);
        }
        return result;
    }

    private boolean changed(boolean done) {
        if (done && availability.fails()) {
            availability.succeeded(Deed.CHANGE);
        }
        return done;
    }

    @Override
    public String get(String name) {
        return watched(Deed.GET, () -> entries.get(name));
    }

    @Override
    public Map<String, String> getAll(Set<String> names) {
        return watched(Deed.GET_ALL, () -> entries.getAll(names));
    }

    @Override
    public void put(String name, String value) {
        watched(Deed.PUT, () -> {
            entries.put(name, value);
            return Boolean.TRUE;
        });
    }

    @Override
    public boolean putIfAbsent(String name, String value) {
        return changed(watched(Deed.PUT_IF_ABSENT, () -> entries.putIfAbsent(name, value)));
    }

    @Override
    public boolean replace(String name, String old, String value) {
        return changed(watched(Deed.REPLACE, () -> entries.replace(name, old, value)));
    }

    @Override
    public boolean remove(String name, String value) {
        return watched(Deed.REMOVE, () -> entries.remove(name, value));
    }

    @Override
    public boolean atomic() {
        return entries.atomic();
    }
}

package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.cluster.durable.DurableStore;

/** A store that lies in memory and fails when told. */
final class MapStore implements DurableStore {

    final Map<String, String> entries = new ConcurrentHashMap<>();
    volatile boolean broken;

    /** As a database's driver does whose thread is interrupted. */
    volatile boolean failsWhenInterrupted;

    @Override
    public Optional<String> load(String name) throws IOException {
        fail();
        assertThat(name).matches("[A-Za-z0-9_-]{1,64}");
        return Optional.ofNullable(entries.get(name));
    }

    @Override
    public synchronized boolean replace(String name, Optional<String> old, String text) throws IOException {
        fail();
        if (!Optional.ofNullable(entries.get(name)).equals(old)) {
            return false;
        }
        entries.put(name, text);
        return true;
    }

    private void fail() throws IOException {
        if (broken || (failsWhenInterrupted && Thread.currentThread().isInterrupted())) {
            throw new IOException("the disk is full");
        }
    }
}

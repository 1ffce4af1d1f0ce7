package org.outlookmail.token;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryCipher;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.Place;
import org.outlookmail.cluster.Register.Change;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.management.ConnectorListener;

/**
 * Where the newest refresh token of a user lies: in this node, in the cluster, and in a durable store. Whatever is behind is
 * brought up to date; nothing newer is ever overwritten; and a store that cannot be read is not an empty one.
 *
 * <p>Thread rule: free for any thread.
 */
final class RefreshTokenHomes {

    /** Nodes write in turn, so one that comes between is rare. */
    private static final int TRIES = 20;

    private final Cluster cluster;
    private final EntryKeys keys;
    private final ConnectorListener listener;
    private final Optional<DurableStore> store;
    private final Map<Place, RefreshTokenEntry> known = new ConcurrentHashMap<>();

    /** What the store has not taken yet. */
    private final Map<Place, RefreshTokenEntry> unsaved = new ConcurrentHashMap<>();

    private final AtomicBoolean storeFails = new AtomicBoolean();

    RefreshTokenHomes(Cluster cluster, Optional<DurableStore> store, ConnectorListener listener) {
        this.listener = listener;
        this.cluster = cluster;
        this.keys = cluster.keys();
        this.store = store;
    }

    /** Whether of two nodes that write only one succeeds, whatever the cluster's cache can do. */
    boolean exclusive() {
        return store.isPresent() || cluster.atomic();
    }

    /** A store that could not be read, while nobody else knows of a refresh token. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Diagnosis diagnosis;

        UnreadableException(Diagnosis diagnosis, IOException cause) {
            super(cause);
            this.diagnosis = diagnosis;
        }

        Diagnosis diagnosis() {
            return diagnosis;
        }
    }

    /**
     * The newest of all; whichever home was behind is brought up to date.
     *
     * @return empty if there is none for certain
     * @throws UnreadableException if that cannot be said
     */
    Optional<RefreshTokenEntry> newest(Place place) throws UnreadableException {
        Optional<RefreshTokenEntry> shared = shared(place);
        Optional<RefreshTokenEntry> newest = RefreshTokenEntry.laterOf(shared, Optional.ofNullable(known.get(place)));
        try {
            Optional<RefreshTokenEntry> stored = stored(place);
            newest = RefreshTokenEntry.laterOf(newest, stored);
            if (newest.isPresent() && !newest.equals(stored)) {
                save(place, newest.get());
            }
        } catch (IOException unreadable) {
            Diagnosis diagnosis = complain("cannot be read", unreadable);
            if (newest.isEmpty()) {
                throw new UnreadableException(diagnosis, unreadable);
            }
        }
        if (newest.isPresent() && !newest.equals(shared)) {
            share(place, newest.get());
        }
        newest.ifPresent(entry -> known.merge(place, entry, RefreshTokenEntry::later));
        return newest;
    }

    /** Puts one everywhere where there is no newer one. What fails is told, and tried again. */
    void keep(Place place, RefreshTokenEntry entry) {
        known.merge(place, entry, RefreshTokenEntry::later);
        boolean interrupted = Thread.interrupted(); // The provider has ended the one before, so this must not be lost.
        try {
            save(place, entry);
            if (Thread.interrupted()) {
                interrupted = true;
                saveAgain();
            }
            share(place, entry);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Tries once more to save what the store has not taken; quick if there is nothing. */
    void saveAgain() {
        unsaved.forEach(this::save);
    }

    /** Whether {@link #saveAgain} has something to do. */
    boolean unsaved() {
        return !unsaved.isEmpty();
    }

    private Optional<RefreshTokenEntry> shared(Place place) {
        return cluster.use(entries -> entries.all(place)).orElse(List.of()).stream()
                .flatMap(text -> RefreshTokenEntry.read(text).stream())
                .reduce(RefreshTokenEntry::later);
    }

    private void share(Place place, RefreshTokenEntry entry) {
        cluster.use(entries -> {
            entries.registers(place)
                    .forEach(register -> register.update(text -> new Change<>(
                            RefreshTokenEntry.read(text)
                                            .filter(there -> there.number() >= entry.number())
                                            .isPresent()
                                    ? null
                                    : entry.write(),
                            null)));
            return Boolean.TRUE;
        });
    }

    /** The newest under any of our keys: another node may have used the key before, or the one after. */
    private Optional<RefreshTokenEntry> stored(Place place) throws IOException {
        Optional<RefreshTokenEntry> newest = Optional.empty();
        if (store.isPresent()) {
            for (EntryCipher cipher : keys.opening(place.material())) {
                newest = RefreshTokenEntry.laterOf(newest, opened(cipher, place, load(place, cipher)));
            }
            storeWorks();
        }
        return newest;
    }

    private Optional<String> load(Place place, EntryCipher cipher) throws IOException {
        return store.orElseThrow().load(place.name(cipher));
    }

    private static Optional<RefreshTokenEntry> opened(EntryCipher cipher, Place place, Optional<String> hidden) {
        return hidden.flatMap(text -> cipher.open(place.name(cipher), text)).flatMap(RefreshTokenEntry::read);
    }

    private void save(Place place, RefreshTokenEntry entry) {
        if (store.isEmpty()) {
            return;
        }
        unsaved.merge(place, entry, RefreshTokenEntry::later);
        try {
            for (EntryCipher cipher : keys.opening(place.material())) {
                save(place, entry, cipher);
            }
            unsaved.remove(place, entry);
            storeWorks();
        } catch (IOException failure) {
            complain(
                    "cannot be written; until it can, a sign-in survives only while a server of the cluster runs",
                    failure);
        }
    }

    /** Compares and replaces, so that a write that was thought lost and comes late overwrites nothing newer. */
    private void save(Place place, RefreshTokenEntry entry, EntryCipher cipher) throws IOException {
        String name = place.name(cipher);
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<String> hidden = load(place, cipher);
            boolean newer = opened(cipher, place, hidden)
                    .filter(there -> there.number() >= entry.number())
                    .isPresent();
            if (newer || store.orElseThrow().replace(name, hidden, cipher.seal(name, entry.write()))) {
                return;
            }
        }
        throw new IOException(store.orElseThrow() + " did not take an entry in " + TRIES + " tries");
    }

    private Diagnosis complain(String what, IOException failure) {
        Diagnosis diagnosis = Diagnosis.of(
                DiagnosisCode.TOKEN_STORE_UNUSABLE,
                "The store of refresh tokens " + what + ".",
                Map.of("store", String.valueOf(store.orElseThrow()), "reason", String.valueOf(failure.getMessage())));
        if (storeFails.compareAndSet(false, true)) {
            listener.onTokenStoreFailed(diagnosis, failure);
        }
        return diagnosis;
    }

    private void storeWorks() {
        if (storeFails.compareAndSet(true, false)) {
            listener.onTokenStoreRestored();
        }
    }
}

package org.outlookmail.cluster;

import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All semaphores that this node uses. Twice a minute it looks, many at a time, whether the cluster says of this node what is
 * true, and mends what is not.
 *
 * <p>Thread rule: free for any thread.
 */
final class Semaphores {

    private static final Duration PERIOD = Duration.ofSeconds(30);

    /** Half of what a cache keeps an entry that nobody changes; see {@link CacheBackend}. */
    private static final Duration AGE = Duration.ofHours(12);

    private static final int CHUNK = 250;

    private final Cluster cluster;
    private final Sessions sessions;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Beat beat;

    /** Guarded by this: one for each place, as long as somebody has it. */
    private final Map<Place, WeakReference<Semaphore>> all = new HashMap<>();

    /** Those of which the cluster may say something of this node; they are looked after, though nobody has them any more. */
    private final Set<Semaphore> busy = ConcurrentHashMap.newKeySet();

    private long refreshedNanos;

    Semaphores(Cluster cluster, Sessions sessions, Executor executor, Clock clock, LongSupplier nanos) {
        this.cluster = cluster;
        this.sessions = sessions;
        this.clock = clock;
        this.nanos = nanos;
        this.refreshedNanos = nanos.getAsLong();
        this.beat = new Beat("the permits", PERIOD, executor, nanos, this::look);
    }

    synchronized Semaphore semaphore(Place place) {
        all.values().removeIf(reference -> reference.refersTo(null));
        WeakReference<Semaphore> known = all.get(place);
        Semaphore semaphore = known == null ? null : known.get();
        if (semaphore == null) {
            semaphore = new Semaphore(cluster, place, sessions, clock, busy::add);
            all.put(place, new WeakReference<>(semaphore));
        }
        return semaphore;
    }

    void tick() {
        beat.tick();
    }

    private void look() {
        long now = nanos.getAsLong();
        boolean old = now - refreshedNanos > AGE.toNanos();
        Set<String> named = new HashSet<>();
        List<Semaphore> present = List.copyOf(busy);
        for (int from = 0; from < present.size(); from += CHUNK) {
            List<Semaphore> chunk = present.subList(from, Math.min(present.size(), from + CHUNK));
            List<Semaphore> wrong = wrong(chunk, named);
            wrong.forEach(Semaphore::settle);
            chunk.stream()
                    .filter(semaphore -> !wrong.contains(semaphore) && !semaphore.inUse())
                    .forEach(busy::remove);
            if (old) {
                chunk.stream().filter(Semaphore::inUse).forEach(Semaphore::refresh);
            }
        }
        if (old) {
            refreshedNanos = now;
        }
        sessions.keepOnly(named);
    }

    private List<Semaphore> wrong(List<Semaphore> chunk, Set<String> named) {
        return cluster.useOrAlone(entries -> {
            Map<Semaphore, Register> registers = new HashMap<>();
            chunk.forEach(semaphore -> registers.put(semaphore, entries.register(semaphore.place())));
            Map<String, String> hidden =
                    entries.all(registers.values().stream().map(Register::name).collect(Collectors.toSet()));
            List<Semaphore> wrong = new ArrayList<>();
            registers.forEach((semaphore, register) -> {
                String text = register.opened(hidden.get(register.name()));
                named.addAll(semaphore.sessionsOf(text));
                if (!semaphore.agrees(text)) {
                    wrong.add(semaphore);
                }
            });
            return wrong;
        });
    }
}

package org.outlookmail.bench;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.cluster.Lease;
import org.outlookmail.cluster.Place;
import org.outlookmail.cluster.SharedEntries;

/**
 * What a server costs its cluster that holds three permits of each of a thousand mailboxes, over a cache whose operations
 * take five milliseconds: does anything lapse, how long is it busy with keeping all that, how many operations a second.
 */
final class ClusterScale {

    private static final int MAILBOXES = 1_000;
    private static final int PERMITS = 3;
    private static final int LEASES = 20;
    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final Duration LEASE_LIFE = Duration.ofSeconds(20);
    private static final Duration WATCHED = Duration.ofSeconds(90);
    private static final int THREADS = 32;

    private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong busyNanos = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Timer timer = new Timer(true);

    private ClusterScale() {}

    static void run(PrintStream out) {
        try {
            new ClusterScale().measure(out);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A cache server at a distance. */
    private SharedEntries distant(AtomicLong counter) {
        SharedEntries near = SharedEntries.of(map);
        return new SharedEntries() {
            private void travel() {
                counter.incrementAndGet();
                try {
                    TimeUnit.NANOSECONDS.sleep(LATENCY.toNanos());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public String get(String name) {
                travel();
                return near.get(name);
            }

            @Override
            public Map<String, String> getAll(Set<String> names) {
                travel();
                return near.getAll(names);
            }

            @Override
            public void put(String name, String value) {
                travel();
                near.put(name, value);
            }

            @Override
            public boolean putIfAbsent(String name, String value) {
                travel();
                return near.putIfAbsent(name, value);
            }

            @Override
            public boolean replace(String name, String old, String value) {
                travel();
                return near.replace(name, old, value);
            }

            @Override
            public boolean remove(String name, String value) {
                travel();
                return near.remove(name, value);
            }

            @Override
            public boolean atomic() {
                return true;
            }
        };
    }

    private Cluster node(String name, AtomicLong counter, Executor executor) {
        Cluster node = Cluster.of(
                distant(counter), new EntryKeys(Optional.empty(), Optional.empty()), name, executor, Clock.systemUTC());
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        node.tick();
                    }
                },
                1000,
                1000);
        return node;
    }

    private void measure(PrintStream out) throws Exception {
        Cluster server = node(
                "server",
                operations,
                task -> threads.execute(() -> {
                    long started = System.nanoTime();
                    task.run();
                    busyNanos.addAndGet(System.nanoTime() - started);
                }));
        Cluster other = node("other", new AtomicLong(), threads);
        all(MAILBOXES, mailbox -> {
            for (int permit = 0; permit < PERMITS; permit++) {
                require(server.semaphore(place(mailbox)).take(mailbox + "-" + permit, PERMITS), "a permit is free");
            }
        });
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < LEASES; i++) {
            leases.add(server.lease(Place.ofAll("lease", Integer.toString(i)), LEASE_LIFE));
        }
        leases.forEach(lease -> require(lease.acquire(), "a lease is free"));
        operations.set(0);
        busyNanos.set(0);
        out.println();
        out.println("One server, " + MAILBOXES + " mailboxes with " + PERMITS + " permits each, " + LEASES
                + " leases; an operation takes " + LATENCY.toMillis() + " ms; watched for " + WATCHED.toSeconds()
                + " s");
        TimeUnit.SECONDS.sleep(WATCHED.toSeconds());
        long done = operations.get();
        double busy = busyNanos.get() / 1e9 / WATCHED.toSeconds();
        AtomicLong lapsed = new AtomicLong();
        all(MAILBOXES, mailbox -> {
            if (other.semaphore(place(mailbox)).take("other-" + mailbox, PERMITS)) {
                lapsed.incrementAndGet();
            }
        });
        long lost = leases.stream().filter(lease -> !lease.held()).count();
        out.printf("  permits lapsed   %8d of %d%n", lapsed.get(), MAILBOXES * PERMITS);
        out.printf("  leases lost      %8d of %d%n", lost, LEASES);
        out.printf("  operations       %8.1f a second%n", done / (double) WATCHED.toSeconds());
        out.printf("  busy             %8.2f %% of the time of one thread%n", 100 * busy);
        out.println();
        timer.cancel();
        threads.shutdown();
        require(lapsed.get() == 0 && lost == 0, "nothing lapses");
        require(busy < 0.1, "the heartbeat takes less than a tenth of its period");
    }

    private static Place place(int mailbox) {
        return Place.ofAll("permits", Integer.toString(mailbox));
    }

    /** Something done for a mailbox. */
    private interface Deed {
        void forMailbox(int mailbox);
    }

    private void all(int mailboxes, Deed deed) throws Exception {
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < mailboxes; i++) {
            int mailbox = i;
            done.add(threads.submit(() -> deed.forMailbox(mailbox)));
        }
        for (Future<?> each : done) {
            each.get();
        }
    }

    private static void require(boolean held, String what) {
        if (!held) {
            throw new IllegalStateException("not so: " + what);
        }
    }
}

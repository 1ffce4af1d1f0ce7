package org.outlookmail.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.cluster.Register.Change;
import org.outlookmail.management.EventLog;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.PlainMap;

/** What holds while the cluster's cache works, and while it does not. */
@Tag("unit")
class ClusterTest {

    private static final Place PLACE = Place.ofAll("text", "test");

    private final TestCluster cluster = new TestCluster();
    private final Cluster one = cluster.node("one");
    private final Cluster two = cluster.node("two");

    private static int counted(Cluster node) {
        return node.text(PLACE).update(text -> {
            int next = text.isEmpty() ? 1 : Integer.parseInt(text) + 1;
            return new Change<>(Integer.toString(next), next);
        });
    }

    @Test
    void nobodyComesBetweenAChange() {
        counted(one);
        cluster.cache.before("replace", () -> counted(two));
        assertThat(counted(one)).isEqualTo(3);
    }

    @Test
    void aCacheThatFailsAndWorksAgainIsToldOnceEach() {
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            cluster.cache.breakDown("*");
            assertThat(one.use(entries -> entries.get(PLACE))).isEmpty();
            assertThat(counted(one)).isEqualTo(1);
            assertThat(counted(one)).as("of this node's own").isEqualTo(2);
            assertThat(log.lines(Level.WARNING))
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("OMC-0201").contains("out of order"));
            cluster.cache.breakDown();
            assertThat(counted(one)).isEqualTo(1);
            assertThat(counted(two)).isEqualTo(2);

            assertThat(log.lines(Level.INFO))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("works again"));
        }
    }

    @Test
    void aCacheThatTakesNoChangeEndsInAFewTriesAndIsTold() {
        Map<String, String> stubborn = new ConcurrentHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean replace(String name, String old, String value) {
                return false;
            }

            @Override
            public String putIfAbsent(String name, String value) {
                return "something else";
            }
        };
        Cluster node = Cluster.of(SharedEntries.of(stubborn), cluster.keys, "node", Runnable::run, cluster.watch);
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            assertThat(counted(node)).isEqualTo(1);
            assertThat(counted(node)).isEqualTo(2);

            assertThat(log.lines(Level.WARNING))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("its compare-and-replace does not work"));
        }
    }

    @Test
    void aMapThatCannotExcludeOthersIsNotTrustedWithLimitsAndTheCureIsNamed() {
        SharedEntries plain = SharedEntries.of(new PlainMap());
        Cluster node = Cluster.of(plain, cluster.keys, "node", Runnable::run, cluster.watch);
        Cluster other = Cluster.of(plain, cluster.keys, "other", Runnable::run, cluster.watch);
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            assertThat(counted(node)).isEqualTo(1);
            assertThat(counted(node)).isEqualTo(2);
            assertThat(counted(other)).as("each for itself").isEqualTo(1);

            assertThat(log.lines(Level.WARNING))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("OMC-0206")
                            .contains("tokenCacheJndiName", "ConcurrentMap", "javax.cache.Cache"));
        }
        assertThat(node.atomic()).isFalse();
        assertThat(one.atomic()).isTrue();
        assertThat(node.use(entries -> {
                    entries.put(PLACE, "a token");
                    return entries.get(PLACE).orElseThrow();
                }))
                .as("what may be lost is shared all the same")
                .contains("a token");
    }

    @Test
    void entriesOfTheVersionBeforeAreNeitherReadNorTouched() {
        Place present = Place.of("token", "someone", Secret.of("the secret"));
        Place before = new Place(1, "token", "someone", Secret.of("the secret"));
        cluster.write(before, "of the version before");
        assertThat(one.use(entries -> entries.get(present)).orElseThrow()).isEmpty();
        one.use(entries -> {
            entries.put(present, "of this version");
            entries.remove(present, "of this version");
            return true;
        });

        assertThat(one.use(entries -> entries.get(before)).orElseThrow()).contains("of the version before");
    }

    @Test
    void nothingInTheCacheIsInClear() {
        one.semaphore(PLACE).take("somebody", 1);
        one.bulletin().post("wanted.orders", cluster.watch.instant().plusSeconds(5));
        Lease lease = one.lease(Place.ofAll("lease", "orders@contoso.com"), Duration.ofSeconds(20));
        lease.acquire();
        cluster.pass(4);

        assertThat(cluster.cache.entries())
                .hasSizeGreaterThan(4)
                .allSatisfy((name, value) -> assertThat(name + value).doesNotContain("somebody", "orders", "one", "|"));
    }

    @Test
    void aNoticeReachesTheOthersAndEndsByItself() {
        List<Map<String, Instant>> heard = new ArrayList<>();
        two.bulletin().listen(heard::add);
        Instant end = cluster.watch.instant().plusSeconds(3);
        one.bulletin().post("wanted.orders", end);
        cluster.pass(1);
        assertThat(heard).last().isEqualTo(Map.of("wanted.orders", end));
        cluster.pass(3);

        assertThat(heard).last().isEqualTo(Map.of());
    }

    @Test
    void aNoticeThatEndsLaterThanAnyOfOursIsNone() {
        List<Map<String, Instant>> heard = new ArrayList<>();
        two.bulletin().listen(heard::add);
        for (int sheet = 0; sheet < 32; sheet++) {
            cluster.write(Place.ofAll("bulletin", Integer.toString(sheet)), "pause.orders|999999999999999");
        }
        cluster.pass(1);

        assertThat(heard).last().isEqualTo(Map.of());
    }

    @Test
    void aClosedOneIsToldSoAndASecondCloseDoesNothing() {
        one.close();
        one.close();
        assertThat(one.use(entries -> Optional.of("there"))).isEmpty();
    }

    /** As Hazelcast's member does, whose operations fail as soon as it shuts down. */
    @Test
    void whatIsUnderWayWhenTheNodeLeavesFailsWithoutAWord() {
        try (CapturedLog log = CapturedLog.of("org.outlookmail")) {
            cluster.cache.before("get", () -> {
                one.close();
                cluster.cache.breakDown("*");
            });
            assertThat(one.use(entries -> entries.get(PLACE))).isEmpty();
            assertThat(one.atomic()).isTrue();
            assertThat(log.lines(Level.WARNING)).isEmpty();
            assertThat(log.lines(Level.INFO)).isEmpty();
        }
    }

    /** As a member does that hangs for as long as the cache is patient. */
    @Test
    void anOperationThatHangsKeepsNoOtherLeaseFromBeingRenewed() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch hanging = new CountDownLatch(1);
        try {
            Cluster node = Cluster.of(
                    SharedEntries.of(cluster.cache),
                    cluster.keys,
                    "node",
                    threads,
                    cluster.watch,
                    () -> cluster.watch.instant().toEpochMilli() * 1_000_000);
            Duration life = Duration.ofSeconds(20);
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Lease lease = node.lease(Place.ofAll("lease", Integer.toString(i)), life);
                assertThat(lease.acquire()).isTrue();
                leases.add(lease);
            }
            cluster.cache.before("replace", () -> awaited(hanging));
            for (int second = 0; second < 40; second++) {
                cluster.watch.advance(Duration.ofSeconds(1));
                node.tick();
                TimeUnit.MILLISECONDS.sleep(20); // for the threads
            }

            assertThat(leases.stream().filter(Lease::held))
                    .as("all but the one")
                    .hasSize(4);
        } finally {
            hanging.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A cache that takes its time to open, and what happens to it. */
    private final class SlowBackend implements CacheBackend {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayOpen = new CountDownLatch(1);
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();

        CacheBackend open() {
            begun.countDown();
            awaited(mayOpen);
            opened.incrementAndGet();
            return this;
        }

        @Override
        public SharedEntries entries() {
            return SharedEntries.of(cluster.cache);
        }

        @Override
        public void close() {
            left.incrementAndGet();
        }
    }

    private Cluster slow(SlowBackend backend) {
        return new Cluster(
                backend::open,
                cluster.keys,
                "slow",
                Runnable::run,
                cluster.watch,
                () -> cluster.watch.instant().toEpochMilli() * 1_000_000,
                EventLog.STANDARD);
    }

    /** As a member does that looks for others. */
    @Test
    void whileTheCacheIsBeingOpenedForLongCallersGoOnAlone() throws Exception {
        SlowBackend backend = new SlowBackend();
        Cluster node = slow(backend);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            threads.execute(() -> counted(node));
            awaited(backend.begun);
            AtomicReference<Thread> waiting = new AtomicReference<>();
            Future<Integer> soon = threads.submit(() -> {
                waiting.set(Thread.currentThread());
                return counted(node);
            });
            await("it waits at first")
                    .until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.TIMED_WAITING);
            cluster.watch.advance(Cluster.PATIENCE.plusSeconds(1));

            assertThat(counted(node)).as("of this node's own").isEqualTo(1);
            assertThat(log.lines(Level.WARNING))
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("OMC-0201").contains("opening"));

            backend.mayOpen.countDown();
            assertThat(soon.get(10, TimeUnit.SECONDS)).isBetween(1, 2);
            assertThat(backend.opened).hasValue(1);
            assertThat(log.lines(Level.INFO)).hasSize(1);
        } finally {
            backend.mayOpen.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theEndWaitsForNobodyWhoOpensTheCacheAndNothingStaysOpen() throws Exception {
        SlowBackend backend = new SlowBackend();
        Cluster node = slow(backend);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            threads.execute(() -> counted(node));
            awaited(backend.begun);
            node.close();
            assertThat(backend.opened).hasValue(0);
            backend.mayOpen.countDown();
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(backend.left).hasValue(1);
        assertThat(node.use(entries -> Optional.of("there"))).isEmpty();
        assertThat(backend.opened).hasValue(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.TestBox.NOREPLY;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/**
 * Many mails from 16 threads over a pool of three connections: 2,000 in an ordinary build, 10,000 with {@code -Pload}.
 */
@Tag("unit")
@ExtendWith(TestBox.class)
class ManyMailsTest {

    private static final int MAILS = Integer.getInteger("load.mails", 2_000);
    private static final int THREADS = 16;
    private static final int POOL = 3;

    /** What a JVM may keep after so many mails for its own reasons: classes, compiled code's data, buffers. */
    private static final long SLACK = 16L * 1024 * 1024;

    private final Sandbox box = TestBox.box();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore pool = new Semaphore(POOL, true);
    private Server server;
    private OutlookMailSessionFactory factory;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        MailManagedConnectionFactory managed = server.configured(new MailManagedConnectionFactory());
        factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    @AfterEach
    void stop() {
        threads.shutdown();
        server.close();
    }

    private void send(String subject) throws Exception {
        pool.acquire();
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message(session.mailSession(), subject));
        } finally {
            pool.release();
        }
    }

    private void sendAll(String run, int mails) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> work = () -> {
            for (int number = next.getAndIncrement(); number < mails; number = next.getAndIncrement()) {
                send(run + "/" + number);
            }
            return null;
        };
        List<Future<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            running.add(threads.submit(work));
        }
        for (Future<Void> thread : running) {
            thread.get();
        }
    }

    @Test
    void eachArrivesOnceOverNoMoreThanThreeConnections() throws Exception {
        String run = UUID.randomUUID().toString();
        sendAll(run, MAILS);

        List<String> arrived = box.messages(TestBox.ORDERS).stream()
                .map(mail -> mail.subject())
                .filter(subject -> subject.startsWith(run))
                .toList();
        assertThat(arrived).hasSize(MAILS);
        assertThat(Set.copyOf(arrived)).hasSize(MAILS);
        assertThat(box.state().smtp().peakConnections(NOREPLY)).isLessThanOrEqualTo(POOL);
        assertThat(box.state().smtp().authentications())
                .isEqualTo(box.state().smtp().connections())
                .isLessThanOrEqualTo(POOL);
        assertThat(box.state().entra().tokenRequests()).isLessThanOrEqualTo(1);
        assertThat(server.all.stream().collect(Collectors.toSet())).hasSizeLessThanOrEqualTo(POOL);
    }

    @Test
    void theHeapAfterwardsIsAsBefore() throws Exception {
        box.faults(new FaultPlan().discardMail(true));
        sendAll("warm up", MAILS / 4);
        long before = usedHeap();
        sendAll("run", MAILS);
        assertThat(usedHeap() - before).isLessThan(SLACK);
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}

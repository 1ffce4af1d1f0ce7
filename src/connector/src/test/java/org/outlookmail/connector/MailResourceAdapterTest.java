package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Folder;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.UnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.pool.MailManagedConnection;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.Failures;
import org.outlookmail.testkit.TestBox;

/** The adapter's life: started and stopped, perhaps beside another instance of itself. */
@Tag("unit")
@ExtendWith(TestBox.class)
class MailResourceAdapterTest {

    private final Sandbox box = TestBox.box();

    private static void send(Server server) throws Exception {
        OutlookMailSessionFactory factory = (OutlookMailSessionFactory)
                server.configured(new MailManagedConnectionFactory()).createConnectionFactory(server);
        try (OutlookMailSession session = factory.getConnection()) {
            session.send(Messages.message(session.mailSession(), TestBox.subject()));
        }
    }

    @Test
    void adaptersAreEqualByTheirProperties() {
        MailResourceAdapter one = new MailResourceAdapter();
        MailResourceAdapter two = new MailResourceAdapter();
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        two.setTenantId("contoso.com");
        assertThat(one).isNotEqualTo(two);
        two.setTenantId(null);
        two.setTokenCacheConfig("hazelcast.xml");
        assertThat(one).isNotEqualTo(two);
        two.setTokenCacheConfig(null);
        two.setTokenCacheName("ours");
        assertThat(one).isNotEqualTo(two);
        two.setTokenCacheName(null);
        two.setTokenCacheKey("passphrase");
        assertThat(one).isNotEqualTo(two).isNotEqualTo(null).isNotEqualTo("adapter");
        assertThat(two.toString()).doesNotContain("passphrase");
    }

    @Test
    void aNewInstanceStartsBeforeTheOldOneStopsAndGoesOnAlone() throws Exception {
        try (Server older = new Server();
                Server newer = new Server()) {
            send(older);
            send(newer);
            assertThat(box.state().entra().tokenRequests())
                    .as("each instance has a cache of its own")
                    .isEqualTo(2);
            older.adapter.stop();
            send(newer);
            assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
            assertThatExceptionOfType(ResourceException.class).isThrownBy(() -> {
                older.free.clear();
                send(older);
            });
        }
    }

    /** Open Liberty forgets connections that are in use, or being made, while it shuts their pool down. */
    @Test
    void stoppingClosesWhatTheServerHasForgotten() throws Exception {
        try (Server server = new Server()) {
            send(server);
            server.free.clear();
            OutlookMailSessionFactory factory = (OutlookMailSessionFactory)
                    server.configured(new MailManagedConnectionFactory()).createConnectionFactory(server);
            OutlookMailSession inUse = factory.getConnection();
            inUse.openFolder("INBOX", Folder.READ_ONLY);
            assertThat(server.all).hasSize(2);
            assertThat(box.state().smtp().open()).isEqualTo(1);
            assertThat(box.state().imap().open()).isEqualTo(1);
            server.adapter.stop();
            await().untilAsserted(() -> {
                assertThat(box.state().smtp().open()).isZero();
                assertThat(box.state().imap().open()).isZero();
            });
            assertThat(Failures.diagnosisOf(() -> inUse.openFolder("INBOX", Folder.READ_ONLY))
                            .code())
                    .isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        }
    }

    @Test
    void aConnectionThatIsMadeWhileTheAdapterStopsIsDestroyed() throws Exception {
        try (Server server = new Server()) {
            send(server);
            MailManagedConnection late = server.all.get(0);
            server.adapter.stop();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> server.adapter.runtime().created(late));
            assertThat(Failures.diagnosisOf(() -> late.getConnection(null, null))
                            .code())
                    .isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        }
    }

    @Test
    void stoppingTwiceOrBeforeTheStartIsHarmless() throws Exception {
        MailResourceAdapter adapter = new MailResourceAdapter();
        adapter.stop();
        Server server = new Server();
        server.adapter.stop();
        server.adapter.stop();
        server.adapter.start(server);
        send(server);
        server.close();
    }

    @Test
    void allFactoriesOfAnAdapterShareItsToken() throws Exception {
        try (Server server = new Server()) {
            send(server);
            server.free.clear();
            send(server);
            assertThat(server.all).hasSize(2);
            assertThat(box.state().smtp().authentications()).isEqualTo(2);
            assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatGivesNoTimerKeepsTheAdapterFromStarting() {
        BootstrapContext context = (BootstrapContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BootstrapContext.class}, (proxy, method, arguments) -> {
                    throw new UnavailableException("no timers today");
                });
        assertThatExceptionOfType(ResourceAdapterInternalException.class)
                .isThrownBy(() -> new MailResourceAdapter().start(context))
                .withCauseInstanceOf(UnavailableException.class);
    }

    @Test
    void nothingIsDeliveredToEndpointsAndNothingIsToBeRecovered() {
        MailResourceAdapter adapter = new MailResourceAdapter();
        assertThatExceptionOfType(NotSupportedException.class).isThrownBy(() -> adapter.endpointActivation(null, null));
        adapter.endpointDeactivation(null, null);
        assertThat(adapter.getXAResources(null)).isEmpty();
    }

    /** Each would be waited for as long as a message may take to arrive, and then for its server's goodbye. */
    @Test
    void anAdapterThatStopsEndsConnectionsThatHangTogetherAndNotOneAfterTheOther() throws Exception {
        List<CompletableFuture<Throwable>> hanging = new ArrayList<>();
        Duration taken;
        try (Server server = new Server()) {
            MailManagedConnectionFactory properties = server.configured(new MailManagedConnectionFactory());
            properties.setReadTimeoutMillis(120_000);
            OutlookMailSessionFactory factory = (OutlookMailSessionFactory) properties.createConnectionFactory(server);
            box.faults(new FaultPlan().smtp("RCPT", "stall", "", -1));
            for (int i = 0; i < 3; i++) {
                OutlookMailSession session = factory.getConnection();
                CompletableFuture<Throwable> outcome = new CompletableFuture<>();
                hanging.add(outcome);
                Thread sender = new Thread(() -> outcome.complete(catchThrowable(
                        () -> session.send(Messages.message(session.mailSession(), TestBox.subject())))));
                sender.setDaemon(true);
                sender.start();
            }
            await().until(() -> box.state().smtp().authentications() == 3);
            long started = System.nanoTime();

            server.adapter.stop();

            taken = Duration.ofNanos(System.nanoTime() - started);
        }
        assertThat(taken).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(25));
        for (CompletableFuture<Throwable> each : hanging) {
            await().until(each::isDone);
            assertThat(Diagnosis.of(each.join()).map(Diagnosis::code)).contains(DiagnosisCode.SESSION_TAKEN_BACK);
        }
    }
}

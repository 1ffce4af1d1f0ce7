package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.subject;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What an administrator learns when his server starts, before the first mail. */
@Tag("unit")
@ExtendWith(TestBox.class)
class StartChecksTest {

    private final Sandbox box = TestBox.box();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
        server.adapter.runtime().listeners().add(new ConnectorListener() {
            @Override
            public void onFactoryConfigured(String mailbox, String description) {
                heard.add("configured " + mailbox + " " + description);
            }

            @Override
            public void onFactoryChecked(String mailbox, String what) {
                heard.add("checked " + mailbox + " " + what);
            }

            @Override
            public void onFactoryCheckFailed(String mailbox, Diagnosis diagnosis) {
                heard.add("failed " + mailbox + " " + diagnosis.code().code());
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OutlookMailSessionFactory created(String check) {
        managed.setCheckAtStart(check);
        return (OutlookMailSessionFactory) managed.createConnectionFactory(server);
    }

    private void awaitHeard(int events) {
        await().until(() -> heard.size() >= events);
        assertThat(heard).hasSize(events);
    }

    @Test
    void byDefaultATokenIsFetchedAndTheFirstMailFindsIt() throws Exception {
        managed.setCheckAtStart(null);
        OutlookMailSessionFactory factory = (OutlookMailSessionFactory) managed.createConnectionFactory(server);
        awaitHeard(2);
        assertThat(heard.get(0))
                .startsWith("configured " + NOREPLY + " sends by smtp://localhost:")
                .contains("reads by imaps://", "grant client_credentials", "token cache of this server alone")
                .endsWith("checked at start: token");
        assertThat(heard.get(1)).startsWith("checked " + NOREPLY + " there is a token for application");
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        assertThat(box.state().smtp().connections()).isZero();

        try (OutlookMailSession session = factory.getConnection()) {
            session.send(message(session.mailSession(), subject()));
        }
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void withLoginTheServersAreLoggedInToAndLeftAgain() {
        created("login");
        awaitHeard(2);
        assertThat(heard.get(1)).contains("smtp://", "imaps://", "let it in");
        await().until(() -> box.state().smtp().open() == 0 && box.state().imap().open() == 0);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
        assertThat(box.state().imap().authentications()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsToldAtTheStartAndFailsNothing() {
        managed.setClientSecret("wrong");
        assertThat(created("token")).isNotNull();
        awaitHeard(2);
        assertThat(heard.get(1)).isEqualTo("failed " + NOREPLY + " OMC-1201");
    }

    @Test
    void whatIsWrongAtAMailServerIsToldToo() {
        box.faults(new FaultPlan().smtpAuthDisabled(NOREPLY));
        created("login");
        awaitHeard(2);
        assertThat(heard.get(1)).isEqualTo("failed " + NOREPLY + " OMC-2202");
    }

    @Test
    void withNoneNothingGoesOverTheNetwork() {
        created("none");
        awaitHeard(1);
        assertThat(heard.get(0)).endsWith("checked at start: none");
        assertThat(box.state().entra().tokenRequests()).isZero();
    }

    @Test
    void whoHasNoLoginIsNotSaidToRead() throws Exception {
        MailManagedConnectionFactory relay = new MailManagedConnectionFactory();
        relay.setResourceAdapter(server.adapter);
        relay.setProvider("none");
        relay.setMailbox(NOREPLY);
        relay.setSmtpHost("localhost");
        relay.setSmtpPort(box.relayPort());
        relay.createConnectionFactory(server);
        awaitHeard(1);
        assertThat(heard.get(0)).contains("reads nothing, without a login");
    }

    /** As WildFly does. */
    @Test
    void whatWasMadeBeforeTheAdapterStartedIsCheckedWhenItDoes() throws Exception {
        server.adapter.stop();
        created("token");
        assertThat(heard).isEmpty();
        server.adapter.start(server);
        awaitHeard(2);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void aServerThatMakesItsFactoryAgainAndAgainHearsOfItOnce() {
        created("token");
        created("token");
        created("token");
        awaitHeard(2);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @Test
    void aStartIsNotDelayedByAProviderThatHangs() {
        box.faults(new FaultPlan().stallToken(3_000, 1));
        created("token");
        assertThat(heard).as("there is a factory, and no answer yet").hasSize(1);
        awaitHeard(2);
    }
}

package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.outlookmail.testkit.Failures.diagnosisOf;

import jakarta.mail.Session;
import jakarta.resource.NotSupportedException;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.ConnectionSpec;
import jakarta.resource.spi.IllegalStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import javax.naming.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.ServerWords;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.config.MailProperties;
import org.outlookmail.connector.handle.MailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.connector.pool.SessionManagedConnectionFactory;
import org.outlookmail.management.EventLog;
import org.outlookmail.testkit.CapturedLog;
import org.outlookmail.testkit.TestBox;

/** Identity of factories, and what a bad configuration does: nothing until somebody asks for a connection. */
@Tag("unit")
class MailManagedConnectionFactoryTest {

    private static final List<BiConsumer<MailProperties, String>> TEXTS = List.of(
            MailProperties::setTenantId,
            MailProperties::setClientId,
            MailProperties::setClientSecret,
            MailProperties::setGrant,
            MailProperties::setCloud,
            MailProperties::setAuthority,
            MailProperties::setScope,
            MailProperties::setMailbox,
            MailProperties::setTransport,
            MailProperties::setSmtpHost,
            MailProperties::setStore,
            MailProperties::setStoreHost,
            MailProperties::setMailProperties);

    private static final List<BiConsumer<MailProperties, Integer>> NUMBERS = List.of(
            MailProperties::setSmtpPort,
            MailProperties::setStorePort,
            MailProperties::setConnectTimeoutMillis,
            MailProperties::setReadTimeoutMillis,
            MailProperties::setWriteTimeoutMillis);

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private MailManagedConnectionFactory configured() throws ResourceException {
        return server.configured(new MailManagedConnectionFactory());
    }

    /** They make one of each definition at every deployment. */
    @Test
    void aPoolThatGlassFishMakesByItselfIsToldAtItsFirstUse() throws Exception {
        MailManagedConnectionFactory itsOwn = new MailManagedConnectionFactory() {
            private static final long serialVersionUID = 1L;

            @Override
            protected ServerWords server() {
                return ServerWords.GLASSFISH;
            }
        };
        try (Server server = new Server();
                CapturedLog log = CapturedLog.of(EventLog.class)) {
            itsOwn.setResourceAdapter(server.adapter);
            OutlookMailSessionFactory factory = (OutlookMailSessionFactory) itsOwn.createConnectionFactory(server);
            itsOwn.getTransactionSupport(); // As it does at the deployment.
            assertThat(diagnosisOf(factory::getConnection).code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
            assertThat(log.records(Level.SEVERE)).isEmpty();
        }
    }

    @Test
    void factoriesAreEqualByTheirProperties() throws Exception {
        assertThat(configured()).isEqualTo(configured()).hasSameHashCodeAs(configured());
        for (BiConsumer<MailProperties, String> property : TEXTS) {
            MailManagedConnectionFactory changed = configured();
            property.accept(changed, "changed");
            assertThat(changed).isNotEqualTo(configured());
        }
        for (BiConsumer<MailProperties, Integer> property : NUMBERS) {
            MailManagedConnectionFactory changed = configured();
            property.accept(changed, 4711);
            assertThat(changed).isNotEqualTo(configured());
        }
        assertThat(configured()).isNotEqualTo(null).isNotEqualTo("factory");
    }

    @Test
    void factoriesOfAdaptersWithOtherDefaultsAreNotEqual() throws Exception {
        MailManagedConnectionFactory first = configured();
        MailManagedConnectionFactory second = configured();
        MailResourceAdapter other = new MailResourceAdapter();
        second.setResourceAdapter(other);
        assertThat(second).isEqualTo(first);
        other.setClientSecret("another secret");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void sessionsAndSessionFactoriesNeverShareConnections() throws Exception {
        MailManagedConnectionFactory factory = configured();
        SessionManagedConnectionFactory session = server.configured(new SessionManagedConnectionFactory());
        assertThat(session).isNotEqualTo(factory);
        assertThat(factory).isNotEqualTo(session);
        ((OutlookMailSessionFactory) factory.createConnectionFactory(server))
                .getConnection()
                .close();
        assertThat(server.free).hasSize(1);
        assertThat(session.matchManagedConnections(Set.copyOf(server.free), null, null))
                .isNull();
    }

    @Test
    void eachKindGivesItsOwnThingToJndi() throws Exception {
        assertThat(configured().createConnectionFactory(server)).isInstanceOf(OutlookMailSessionFactory.class);
        assertThat(server.configured(new SessionManagedConnectionFactory()).createConnectionFactory(server))
                .isInstanceOf(Session.class);
        assertThatExceptionOfType(NotSupportedException.class)
                .isThrownBy(() -> configured().createConnectionFactory());
    }

    @Test
    void aBadConfigurationIsLoggedWhenTheFactoryIsMadeAndFailsWhenAConnectionIsAskedFor() throws Exception {
        MailManagedConnectionFactory bad = configured();
        bad.setMailbox(null);
        bad.setSmtpPort(0);
        OutlookMailSessionFactory factory;
        try (CapturedLog log = CapturedLog.of(EventLog.class)) {
            factory = (OutlookMailSessionFactory) bad.createConnectionFactory(server);
            assertThat(log.lines(Level.SEVERE)).hasSize(1);
            assertThatExceptionOfType(DiagnosedResourceException.class)
                    .isThrownBy(factory::getConnection)
                    .satisfies(failure -> {
                        assertThat(failure.getErrorCode()).isEqualTo("OMC-0101");
                        assertThat(failure.getMessage())
                                .isEqualTo(log.lines(Level.SEVERE).get(0));
                        assertThat(failure.diagnosis().summary())
                                .contains("the connection factory (OutlookMailSessionFactory)")
                                .contains("mailbox is missing")
                                .contains("smtpPort is 0");
                    });
            assertThat(diagnosisOf(factory::mailSession).code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
            assertThat(diagnosisOf(() -> bad.createManagedConnection(null, null))
                            .code())
                    .isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
            assertThat(log.lines(Level.SEVERE)).as("logged once").hasSize(1);
        }
        assertThat(server.all).isEmpty();
    }

    @Test
    void aBadSessionIsBoundAllTheSameAndNamesItsStanzaWhenUsed() throws Exception {
        SessionManagedConnectionFactory bad = server.configured(new SessionManagedConnectionFactory());
        bad.setTenantId("${no.such.variable}");
        Session session = (Session) bad.createConnectionFactory(server);
        assertThat(diagnosisOf(() -> session.getTransport().connect())).satisfies(diagnosis -> {
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
            assertThat(diagnosis.summary())
                    .contains("the connection factory (Session) of noreply@contoso.com")
                    .contains("tenantId holds ${no.such.variable}");
        });
    }

    @Test
    void aFactoryWithoutItsAdapterSaysSoAndWorksOnceItHasIt() throws Exception {
        MailManagedConnectionFactory lonely = new MailManagedConnectionFactory();
        OutlookMailSessionFactory factory = (OutlookMailSessionFactory) lonely.createConnectionFactory(server);
        assertThat(diagnosisOf(factory::getConnection).summary()).contains("resourceAdapter is not associated");
        server.configured(lonely);
        try (OutlookMailSession session = factory.getConnection()) {
            assertThat(session.mailbox()).isEqualTo(TestBox.NOREPLY);
        }
        assertThatExceptionOfType(ResourceException.class)
                .isThrownBy(() -> lonely.setResourceAdapter(null))
                .withMessageContaining("MailResourceAdapter");
    }

    @Test
    void anAdapterThatIsNotStartedGivesNoConnections() throws Exception {
        MailManagedConnectionFactory factory = configured();
        MailResourceAdapter stopped = new MailResourceAdapter();
        factory.setResourceAdapter(stopped);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> factory.createManagedConnection(null, null))
                .withMessageContaining("not started");
    }

    @Test
    void theApplicationsFactoryIsWhatServersDemand() throws Exception {
        OutlookMailSessionFactory factory =
                (OutlookMailSessionFactory) configured().createConnectionFactory(server);
        assertThat(factory).isInstanceOf(Serializable.class).isInstanceOf(Referenceable.class);
        Reference reference = new Reference(OutlookMailSessionFactory.class.getName());
        factory.setReference(reference);
        assertThat(factory.getReference()).isSameAs(reference);
        OutlookMailSessionFactory empty =
                MailSessionFactory.class.getConstructor().newInstance();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(empty::getConnection);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(empty::mailSession);
        assertThat(factory.getMetaData().getAdapterName()).isEqualTo("Outlook Mail Connector");
        assertThatExceptionOfType(NotSupportedException.class).isThrownBy(factory::getRecordFactory);
        assertThatExceptionOfType(NotSupportedException.class)
                .isThrownBy(() -> factory.getConnection(new ConnectionSpec() {}));
        factory.getConnection(null).close();
    }

    @Test
    void aManagedFactoryKeepsItsIdentityWhenItIsSerialized() throws Exception {
        MailManagedConnectionFactory original = configured();
        original.createManagedConnection(null, null).destroy();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(original).hasSameHashCodeAs(original);
        }
    }
}

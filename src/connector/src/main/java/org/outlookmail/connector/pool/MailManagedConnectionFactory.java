package org.outlookmail.connector.pool;

import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.OneLine;
import org.outlookmail.ServerWords;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.connector.config.ConfigurationReader;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.config.MailProperties;
import org.outlookmail.connector.config.StanzaProperties;
import org.outlookmail.connector.handle.ConnectionSource;
import org.outlookmail.connector.handle.ForgottenHandles;
import org.outlookmail.connector.handle.MailSessionFactory;
import org.outlookmail.connector.handle.MailboxRequest;
import org.outlookmail.connector.handle.OpenHandles;
import org.outlookmail.connector.handle.Pool;
import org.outlookmail.connector.session.PooledSessions;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.EventLog;
import org.outlookmail.token.configuration.ClusterReader;

/**
 * Creates and matches the pooled connections of one mailbox (Jakarta Connectors 2.1, section 6.5.2), and the factory that
 * applications find in JNDI. A bad configuration is logged at once and fails at {@code getConnection}: some servers take
 * the whole adapter down when {@code createConnectionFactory} throws.
 *
 * <p>Thread rule: the server sets the properties first; then free for any thread.
 */
public class MailManagedConnectionFactory extends MailProperties
        implements Pool, ValidatingManagedConnectionFactory, TransactionSupport, ResourceAdapterAssociation {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(MailManagedConnectionFactory.class.getName());

    private PoolOwner adapter;
    private transient PrintWriter logWriter;
    private transient volatile MailConfiguration configuration;
    private transient Diagnosis invalid;
    private final transient PooledSessions sessions = new PooledSessions();

    @Override
    public Object createConnectionFactory(ConnectionManager manager) {
        try {
            MailConfiguration good = configuration();
            adapter.runtime().configured(good);
        } catch (DiagnosedResourceException invalid) {
            // Logged at its discovery; whoever asks for a connection gets it.
            LOG.log(Level.DEBUG, () -> this + " is created though its configuration is bad");
        }
        return factory(new ConnectionSource(this, manager));
    }

    /**
     * GlassFish and Payara make a pool of each definition by themselves, without a mailbox. Nobody need use it, so the log has
     * nothing of it; who does gets the exception.
     */
    private boolean madeByTheServer() {
        return getMailbox() == null && server() == ServerWords.GLASSFISH;
    }

    /** Which server this is in. */
    protected ServerWords server() {
        return ServerWords.atHand();
    }

    /** Not supported: the pool is the application server's. */
    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new jakarta.resource.NotSupportedException("an application server must manage the connections");
    }

    /** What applications find in JNDI. */
    Object factory(ConnectionSource source) {
        return new MailSessionFactory(source);
    }

    /** The stanza that configures this kind of factory, for messages. */
    String stanza() {
        return "OutlookMailSessionFactory";
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        MailConfiguration checked = configuration();
        MailManagedConnection made =
                new MailManagedConnection(this, checked, wanted(checked.account(), subject, info), adapter.runtime());
        adapter.runtime().created(made);
        return made;
    }

    /** The mailbox that is asked for, and what opens it. */
    private MailAccount wanted(MailAccount configured, Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        if (info instanceof MailboxRequest request) {
            return configured.as(request.mailbox());
        }
        Optional<ContainerCredential> credential = ContainerCredential.of(subject, this);
        if (credential.isEmpty()) {
            return configured;
        }
        ContainerCredential given = credential.get();
        return configured
                .as(given.mailbox())
                .withPassword(new Authentication.Password(given.mailbox(), given.password()));
    }

    @Override
    public ManagedConnection matchManagedConnections(
            @SuppressWarnings("rawtypes") Set candidates, Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        MailAccount wanted = wanted(configuration().account(), subject, info);
        for (Object candidate : candidates) {
            if (candidate instanceof MailManagedConnection connection && connection.serves(this, wanted)) {
                return connection;
            }
        }
        return null;
    }

    /** Asks the servers; a connection that nobody has logged in yet is a good one. */
    @Override
    @SuppressWarnings("rawtypes") // The interface is older than generics.
    public Set getInvalidConnections(Set connections) {
        Set<Object> invalid = new HashSet<>();
        for (Object candidate : connections) {
            if (candidate instanceof MailManagedConnection connection && !connection.valid()) {
                invalid.add(candidate);
            }
        }
        return invalid;
    }

    /** By the property transaction. */
    @Override
    public TransactionSupportLevel getTransactionSupport() {
        try {
            return configuration().transactional()
                    ? TransactionSupportLevel.LocalTransaction
                    : TransactionSupportLevel.NoTransaction;
        } catch (DiagnosedResourceException invalid) {
            LOG.log(Level.DEBUG, () -> this + " takes part in no transaction, because its configuration is bad");
            return TransactionSupportLevel.NoTransaction;
        }
    }

    @Override
    public MailConfiguration configuration() throws DiagnosedResourceException {
        MailConfiguration checked = configuration; // Several times a mail, by all threads.
        return checked == null ? check() : checked;
    }

    private synchronized MailConfiguration check() throws DiagnosedResourceException {
        if (configuration == null && invalid == null) {
            read();
        }
        if (invalid != null) {
            throw new DiagnosedResourceException(invalid, null);
        }
        return configuration;
    }

    @Override
    public Session session(ConnectionSource source, MailboxRequest request, String mailbox) {
        return sessions.of(source, request, mailbox);
    }

    @Override
    public OpenHandles handles() {
        return adapter.runtime().handles();
    }

    @Override
    public ForgottenHandles forgotten() {
        return adapter.runtime().forgotten();
    }

    @Override
    public DelegatedSignIn signIn() throws ResourceException {
        return adapter.signIn(configuration().account());
    }

    private void read() {
        Problems problems = new Problems(ServerWords.atHand().factory(stanza(), getMailbox()));
        Optional<MailConfiguration> read = Optional.empty();
        if (adapter == null) {
            problems.add("resourceAdapter", "is not associated with this factory by the server");
        } else {
            PropertyReader reader = new PropertyReader(new StanzaProperties(this, adapter.defaults()), problems);
            ClusterReader cluster = new ClusterReader(reader);
            cluster.storeFile();
            cluster.cache();
            read = new ConfigurationReader(reader).configuration();
        }
        ConnectorListener told =
                adapter == null ? EventLog.STANDARD : adapter.runtime().listeners();
        if (!problems.none()) {
            invalid = problems.diagnosis();
            if (!madeByTheServer()) {
                told.onConfigurationInvalid(invalid);
            }
        } else {
            problems.warnings().forEach(warning -> told.onWarning(warning, false));
            configuration = read.orElse(null);
        }
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (!(adapter instanceof PoolOwner ours)) {
            throw new ResourceException("this factory belongs to the MailResourceAdapter of its own archive");
        }
        this.adapter = ours;
        checkAnew();
    }

    private synchronized void checkAnew() {
        configuration = null;
        invalid = null;
        sessions.forget();
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setLogWriter(PrintWriter logWriter) {
        this.logWriter = logWriter;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    /**
     * By kind too: a Session factory's connections are no OutlookMailSessionFactory's. And by the adapter, whose properties
     * are defaults of this factory's.
     */
    @Override
    public boolean equals(Object other) {
        return this == other // As nearly always, and several times a mail.
                || (other instanceof MailManagedConnectionFactory factory
                        && stanza().equals(factory.stanza())
                        && values().equals(factory.values())
                        && Objects.equals(adapter, factory.adapter));
    }

    /** Of what tells factories apart in practice: servers that keep their pools by factory ask for it at each mail. */
    @Override
    public int hashCode() {
        return Objects.hash(stanza(), getMailbox(), getClientId());
    }

    @Override
    public String toString() {
        return stanza() + "[mailbox=" + OneLine.of(getMailbox()) + "]";
    }
}

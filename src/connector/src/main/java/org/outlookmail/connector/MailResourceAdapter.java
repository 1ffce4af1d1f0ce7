package org.outlookmail.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import javax.transaction.xa.XAResource;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.OneLine;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.durable.DataSourceStore;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.cluster.durable.FileStore;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Outbound;
import org.outlookmail.mail.WriteTimeouts;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.grant.Grants;

/**
 * The adapter (Jakarta Connectors 2.1, chapter 5): owns the token cache and the timer that all its connections share.
 * Its properties are defaults for every factory.
 *
 * <p>Thread rule: the server calls start and stop once each; everything else is free for any thread. It keeps no static
 * state, because a server may start a new instance before it stops the old one.
 */
public class MailResourceAdapter extends MailProperties implements ResourceAdapter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(MailResourceAdapter.class.getName());
    private static final long TICK_MILLIS = 500;
    private static final long LOOK_MILLIS = 1000;

    private String tokenCacheProvider;
    private String tokenCacheConfig;
    private String tokenCacheName;
    private String tokenCacheJndiName;
    private Secret tokenCacheKey;
    private Secret tokenCacheKeyPrevious;
    private String tokenStoreFile;
    private String tokenStoreDataSource;

    private transient Outbound.Factory outbound = Outbound.SMTP;
    private transient WriteTimeouts writeTimeouts;
    private transient Timer timer;
    private transient Timer mailboxTimer;
    private transient WorkManager workManager;
    private transient TokenService tokens;
    private transient Quotas quotas;
    private transient Cluster cluster;
    private final transient OpenHandles handles = new OpenHandles();
    private final transient ForgottenHandles forgotten =
            new ForgottenHandles(handles, this::execute, System::gc, System::nanoTime);
    private final transient Set<MailManagedConnection> connections = ConcurrentHashMap.newKeySet();
    private final transient SenderConnections senders =
            new SenderConnections(this::connection, this::execute, System::nanoTime);

    /**
     * Class name of the JCache provider (javax.cache.spi.CachingProvider). Default: Hazelcast if tokenCacheConfig is
     * set, else a cache in this JVM.
     */
    @ConfigProperty(
            description = "Class name of the JCache provider (javax.cache.spi.CachingProvider). Default: Hazelcast "
                    + "if tokenCacheConfig is set, else a cache in this JVM.")
    public void setTokenCacheProvider(String tokenCacheProvider) {
        this.tokenCacheProvider = tokenCacheProvider;
    }

    public String getTokenCacheProvider() {
        return tokenCacheProvider;
    }

    /**
     * Configuration file of the cache provider; for Hazelcast that of a member or of a client. Default: none, tokens
     * are kept in this JVM.
     */
    @ConfigProperty(
            description = "Configuration file of the cache provider; for Hazelcast that of a member or of a client. "
                    + "Default: none, tokens are kept in this JVM.")
    public void setTokenCacheConfig(String tokenCacheConfig) {
        this.tokenCacheConfig = tokenCacheConfig;
    }

    public String getTokenCacheConfig() {
        return tokenCacheConfig;
    }

    /** Name of the JCache that holds the tokens. Default outlookMailTokens. */
    @ConfigProperty(description = "Name of the JCache that holds the tokens. Default outlookMailTokens.")
    public void setTokenCacheName(String tokenCacheName) {
        this.tokenCacheName = tokenCacheName;
    }

    public String getTokenCacheName() {
        return tokenCacheName;
    }

    /** JNDI name of an existing javax.cache.Cache or java.util.Map to use instead. Default none. */
    @ConfigProperty(
            description =
                    "JNDI name of an existing javax.cache.Cache or java.util.Map to use instead. Default " + "none.")
    public void setTokenCacheJndiName(String tokenCacheJndiName) {
        this.tokenCacheJndiName = tokenCacheJndiName;
    }

    public String getTokenCacheJndiName() {
        return tokenCacheJndiName;
    }

    /**
     * Passphrase that encrypts the cache's entries, the same on every server; in clear, {aes} or {xor}. Required for
     * delegated. Default: a key made from the credential.
     */
    @ConfigProperty(
            description = "Passphrase that encrypts the cache's entries, the same on every server; in clear, {aes} "
                    + "or {xor}. Required for delegated. Default: a key made from the credential.",
            confidential = true)
    public void setTokenCacheKey(String tokenCacheKey) {
        this.tokenCacheKey = covered(tokenCacheKey);
    }

    public String getTokenCacheKey() {
        return revealed(tokenCacheKey);
    }

    /** The passphrase before, while it is being replaced: its entries can still be read. Default none. */
    @ConfigProperty(
            description = "The passphrase before, while it is being replaced: its entries can still be read. "
                    + "Default none.",
            confidential = true)
    public void setTokenCacheKeyPrevious(String tokenCacheKeyPrevious) {
        this.tokenCacheKeyPrevious = covered(tokenCacheKeyPrevious);
    }

    public String getTokenCacheKeyPrevious() {
        return revealed(tokenCacheKeyPrevious);
    }

    /** File that keeps the refresh tokens of signed-in users, encrypted with tokenCacheKey. Default none. */
    @ConfigProperty(
            description = "File that keeps the refresh tokens of signed-in users, encrypted with tokenCacheKey. "
                    + "Default none.")
    public void setTokenStoreFile(String tokenStoreFile) {
        this.tokenStoreFile = tokenStoreFile;
    }

    public String getTokenStoreFile() {
        return tokenStoreFile;
    }

    /** JNDI name of a data source that keeps them instead. Default none. */
    @ConfigProperty(description = "JNDI name of a data source that keeps them instead. Default none.")
    public void setTokenStoreDataSource(String tokenStoreDataSource) {
        this.tokenStoreDataSource = tokenStoreDataSource;
    }

    public String getTokenStoreDataSource() {
        return tokenStoreDataSource;
    }

    @Override
    public synchronized void start(BootstrapContext context) throws ResourceAdapterInternalException {
        WriteTimeouts timeouts = new WriteTimeouts();
        writeTimeouts = timeouts;
        try {
            timer = context.createTimer();
            // The first one ends writes that hang, which a cluster that does not answer must not keep it from.
            mailboxTimer = context.createTimer();
        } catch (UnavailableException none) {
            endTimers();
            throw new ResourceAdapterInternalException("the server gives no timer", none);
        }
        workManager = context.getWorkManager();
        every(timer, TICK_MILLIS, timeouts::tick);
        every(timer, LOOK_MILLIS, this::lookAfterTokens);
        every(timer, LOOK_MILLIS, forgotten::tick);
        every(timer, LOOK_MILLIS, senders::tick);
        every(mailboxTimer, LOOK_MILLIS, this::lookAfterTheCluster);
    }

    private static void every(Timer timer, long millis, Runnable task) {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        try {
                            task.run();
                        } catch (RuntimeException failure) {
                            // It would end the timer, and with it every timeout.
                            LOG.log(Level.ERROR, "a periodic task failed", OneLine.cause(failure));
                        }
                    }
                },
                millis,
                millis);
    }

    private void lookAfterTokens() {
        TokenService present;
        synchronized (this) {
            present = tokens;
        }
        if (present != null) {
            present.tick();
        }
    }

    private void lookAfterTheCluster() {
        Cluster present;
        synchronized (this) {
            present = cluster;
        }
        if (present != null) {
            present.tick();
        }
    }

    @Override
    public void stop() {
        synchronized (this) {
            if (!started()) {
                return;
            }
            endTimers(); // From here on there are no new connections.
        }
        // Open Liberty 26 forgets those that were in use, or being made, when it shut the pool down.
        connections.forEach(MailManagedConnection::ending);
        senders.ending();
        // One time for all, so that one that hangs costs no more than many.
        Deadline deadline = Deadline.in(MailConnection.LAST_MESSAGE);
        connections.forEach(connection -> connection.destroy(deadline));
        senders.close(deadline);
        TokenService ending;
        synchronized (this) {
            ending = tokens;
            if (tokens != null) {
                quotas.close();
                quotas = null;
                cluster = null;
                tokens = null;
            }
        }
        if (ending != null) {
            ending.close(); // It may wait for an exchange, which needs this object to go on.
        }
    }

    /**
     * Remembers a connection until it is destroyed, at the latest when this adapter stops.
     *
     * @throws IllegalStateException (of Jakarta Connectors) if it has stopped meanwhile; the connection is then destroyed
     */
    void created(MailManagedConnection connection) throws IllegalStateException {
        connections.add(connection);
        if (!started()) {
            connection.destroy();
            throw notStarted();
        }
    }

    void destroyed(MailManagedConnection connection) {
        connections.remove(connection);
    }

    private synchronized boolean started() {
        return timer != null;
    }

    private static IllegalStateException notStarted() {
        return new IllegalStateException("the resource adapter is not started");
    }

    /** Checks the adapter's own properties; factories report the result together with theirs. */
    CacheConfiguration tokenCache(Problems problems) {
        TokenCacheReader reader = new TokenCacheReader(this, problems);
        reader.storeFile();
        return reader.cache();
    }

    private void endTimers() {
        for (Timer each : new Timer[] {timer, mailboxTimer}) {
            if (each != null) {
                each.cancel();
            }
        }
        timer = null;
        mailboxTimer = null;
    }

    boolean cacheHasKey() {
        return tokenCacheKey != null && !tokenCacheKey.reveal().isBlank();
    }

    /**
     * A connection that is not opened yet. Its account has been checked, and with it {@link #tokenCache}.
     *
     * @param limits of its mailbox
     * @throws IllegalStateException (of Jakarta Connectors) if this adapter is not started, or stopped
     */
    synchronized MailConnection connection(MailAccount account, QuotaLimits limits) throws IllegalStateException {
        return new MailConnection(
                account,
                tokens().source(),
                writeTimeouts,
                Clock.systemUTC(),
                quotas.sending(account.mailbox(), account.out().server(), limits),
                quotas.reading(account.mailbox(), account.in().server(), limits),
                outbound);
    }

    /** The connections of senders that are no pooled connection's mailbox; never null. */
    SenderConnections senders() {
        return senders;
    }

    /** Another way out for all connections that are made from now on. */
    synchronized void outbound(Outbound.Factory factory) {
        outbound = factory;
    }

    /** Who has a connection and has not closed it; never null. */
    OpenHandles handles() {
        return handles;
    }

    /** Takes care of those who cannot close it any more; never null. */
    ForgottenHandles forgotten() {
        return forgotten;
    }

    private TokenService tokens() throws IllegalStateException {
        if (!started()) {
            throw notStarted();
        }
        if (tokens == null) {
            cluster = new Cluster(
                    tokenCache(new Problems("the resource adapter")),
                    NodeName.ofThisServer(),
                    this::execute,
                    Clock.systemUTC());
            tokens = new TokenService(cluster, store(), Grants::new, this::execute, Clock.systemUTC());
            quotas = new Quotas(cluster, this::execute, Clock.systemUTC());
        }
        return tokens;
    }

    private Optional<DurableStore> store() {
        TokenCacheReader reader = new TokenCacheReader(this, new Problems("the resource adapter"));
        Optional<DurableStore> file = reader.storeFile().map(FileStore::new);
        return file.or(() -> reader.storeDataSource().map(name -> new DataSourceStore(name, this::execute)));
    }

    /**
     * Starts the sign-in of a user for a mailbox.
     *
     * @throws ResourceException if the grant has none, or the provider refuses
     */
    DelegatedSignIn signIn(MailAccount account) throws ResourceException {
        boolean delegated = account.out().authentication() instanceof Authentication.Token token
                && token.request().credential() instanceof Credential.Delegated;
        if (!delegated) {
            throw new NotSupportedException("the mailbox " + account.mailbox()
                    + " needs no sign-in: set grant=\"delegated\" if a user shall sign in for it");
        }
        TokenRequest request = ((Authentication.Token) account.out().authentication()).request();
        TokenService service;
        synchronized (this) {
            service = tokens();
        }
        return SignIn.start(account.mailbox(), service, request);
    }

    /** On one of the server's own threads. */
    private void execute(Runnable task) {
        try {
            workManager.scheduleWork(new TokenWork(task));
        } catch (WorkException refused) {
            throw new RejectedExecutionException(refused);
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        throw new NotSupportedException("this version of the adapter delivers no messages to endpoints");
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        // No endpoint was activated.
    }

    /** Empty: nothing in this adapter takes part in a distributed transaction, so there is nothing to recover. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    List<Object> identity() {
        List<Object> all = new ArrayList<>(super.identity());
        all.addAll(Arrays.asList(
                tokenCacheProvider,
                tokenCacheConfig,
                tokenCacheName,
                tokenCacheJndiName,
                tokenCacheKey,
                tokenCacheKeyPrevious,
                tokenStoreFile,
                tokenStoreDataSource));
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof MailResourceAdapter adapter && identity().equals(adapter.identity()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(getTenantId(), getClientId());
    }

    @Override
    public String toString() {
        return "MailResourceAdapter[tenantId=" + getTenantId() + ", clientId=" + getClientId() + "]";
    }
}

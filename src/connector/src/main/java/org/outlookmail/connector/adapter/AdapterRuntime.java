package org.outlookmail.connector.adapter;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.durable.DurableStore;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.handle.ForgottenHandles;
import org.outlookmail.connector.handle.OpenHandles;
import org.outlookmail.connector.pool.MailManagedConnection;
import org.outlookmail.connector.pool.PoolRuntime;
import org.outlookmail.connector.pool.SenderConnections;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Outbound;
import org.outlookmail.mail.Wires;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.management.CacheSnapshot;
import org.outlookmail.management.ConnectorView;
import org.outlookmail.management.EventLog;
import org.outlookmail.management.Listeners;
import org.outlookmail.management.MailboxSnapshot;
import org.outlookmail.management.TokenSnapshot;
import org.outlookmail.token.TokenService;

/**
 * What a resource adapter does, as opposed to how it is configured: it runs or it does not, knows the connections that the
 * server has made, and who has one and has not given it back.
 *
 * <p>Thread rule: free for any thread.
 */
public final class AdapterRuntime implements PoolRuntime, ConnectorView {

    /** How the adapter is configured; asked when something is needed, since servers set properties late. */
    interface Settings {

        /** Where tokens are kept. */
        CacheConfiguration cache();

        /**
         * The durable home of refresh tokens.
         *
         * @param executor does what must not be done on the caller's thread
         */
        Optional<DurableStore> store(Executor executor);

        /** Whether factories are to be looked for when the server has started. */
        boolean checksAtStart();
    }

    private final Settings settings;
    private final Listeners listeners = new Listeners(EventLog.STANDARD);
    private final OpenHandles handles = new OpenHandles(listeners);
    private final ForgottenHandles forgotten =
            new ForgottenHandles(handles, this::execute, System::gc, System::nanoTime);
    private final Set<MailManagedConnection> connections = ConcurrentHashMap.newKeySet();

    private volatile UnaryOperator<Wires> rewired = UnaryOperator.identity();

    /** Guarded by this: of factories that were made before the start, as WildFly does. */
    private final Set<MailConfiguration> beforeStart = new LinkedHashSet<>();

    /** Null unless it runs. */
    private volatile RunningAdapter running;

    AdapterRuntime(Settings settings) {
        this.settings = settings;
    }

    /**
     * Begins.
     *
     * @throws ResourceAdapterInternalException if the server does not give what is needed
     */
    synchronized void start(BootstrapContext context) throws ResourceAdapterInternalException {
        RunningAdapter starting = new RunningAdapter(settings, context, () -> rewired, listeners);
        starting.every(forgotten::tick);
        running = starting;
        beforeStart.forEach(starting::configured);
        beforeStart.clear();
    }

    /** Ends, and with it all connections. A second call does nothing. */
    void stop() {
        RunningAdapter ending = ended();
        if (ending == null) {
            return;
        }
        // Open Liberty 26 forgets those that were in use, or being made, when it shut the pool down.
        connections.forEach(MailManagedConnection::ending);
        ending.ending();
        // One time for all, so that one that hangs costs no more than many.
        Deadline deadline = Deadline.in(MailConnection.LAST_MESSAGE);
        connections.forEach(connection -> connection.destroy(deadline));
        ending.close(deadline);
    }

    /** From here on there are no new connections. */
    private synchronized RunningAdapter ended() {
        RunningAdapter ending = running;
        running = null;
        return ending;
    }

    private RunningAdapter running() throws IllegalStateException {
        RunningAdapter present = running;
        if (present == null) {
            throw notStarted();
        }
        return present;
    }

    private static IllegalStateException notStarted() {
        return new IllegalStateException("the resource adapter is not started");
    }

    @Override
    public void created(MailManagedConnection connection) throws IllegalStateException {
        connections.add(connection);
        if (running == null) {
            connection.destroy();
            throw notStarted();
        }
    }

    @Override
    public void destroyed(MailManagedConnection connection) {
        connections.remove(connection);
    }

    @Override
    public MailConnection connection(MailAccount account, QuotaLimits limits) throws IllegalStateException {
        return running().connection(account, limits);
    }

    @Override
    public Optional<SenderConnections> senders() {
        return Optional.ofNullable(running).map(RunningAdapter::senders);
    }

    /**
     * Where tokens come from.
     *
     * @throws IllegalStateException (of Jakarta Connectors) if the adapter does not run
     */
    TokenService tokens() throws IllegalStateException {
        return running().tokens();
    }

    @Override
    public OpenHandles handles() {
        return handles;
    }

    @Override
    public ForgottenHandles forgotten() {
        return forgotten;
    }

    /** From start to stop, and from start to stop again. */
    @Override
    public Listeners listeners() {
        return listeners;
    }

    @Override
    public void configured(MailConfiguration configuration) {
        RunningAdapter present;
        synchronized (this) {
            present = running;
            if (present == null) {
                beforeStart.add(configuration);
            }
        }
        if (present != null) {
            present.configured(configuration);
        }
    }

    @Override
    public List<MailboxSnapshot> mailboxes() {
        Snapshots snapshots = new Snapshots();
        RunningAdapter present = running;
        if (present != null) {
            connections.forEach(connection -> snapshots.connection(connection.mailbox(), connection.borrowed()));
            present.senders().each(snapshots::connection);
            snapshots.servers(present.quotas());
        }
        return snapshots.all();
    }

    @Override
    public List<TokenSnapshot> tokensAtHand() {
        RunningAdapter present = running;
        return present == null ? List.of() : present.tokensAtHand();
    }

    @Override
    public CacheSnapshot cache() {
        RunningAdapter present = running;
        return present == null ? new CacheSnapshot("", false, false) : present.cache();
    }

    /** Another way out for all connections that are made from now on. */
    public void outbound(Outbound.Factory factory) {
        rewired = wires -> new Wires(factory, wires.in());
    }

    private void execute(Runnable task) {
        RunningAdapter present = running;
        if (present == null) {
            throw new RejectedExecutionException("the resource adapter is not started");
        }
        present.execute(task);
    }
}

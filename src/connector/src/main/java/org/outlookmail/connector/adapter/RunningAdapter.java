package org.outlookmail.connector.adapter;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.outlookmail.OneLine;
import org.outlookmail.ServerWords;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.pool.SenderConnections;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.Wires;
import org.outlookmail.mail.angus.AngusMail;
import org.outlookmail.mail.graph.GraphMail;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.management.CacheSnapshot;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.ServerSnapshot;
import org.outlookmail.management.TokenSnapshot;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.TokenSource;
import org.outlookmail.token.grant.Grants;

/**
 * An adapter from its start to its stop: the server's timers and threads, the cluster, the tokens and quotas in it, and the
 * connections of senders. The cluster is not met before somebody needs it.
 *
 * <p>Thread rule: free for any thread. {@link AdapterRuntime} closes it once.
 */
final class RunningAdapter {

    private static final Logger LOG = System.getLogger(RunningAdapter.class.getName());
    private static final long TICK_MILLIS = 500;
    private static final long LOOK_MILLIS = 1000;

    private final AdapterRuntime.Settings settings;
    private final WorkManager workManager;
    private final Supplier<UnaryOperator<Wires>> rewired;
    private final ConnectorListener listeners;
    private final WriteTimeouts writeTimeouts = new WriteTimeouts();
    private final Wires wires = AngusMail.wires(writeTimeouts).withGraph(GraphMail.wires(writeTimeouts));
    private final Timer timer;
    private final Timer clusterTimer;
    private final StartChecks checks;
    private final SenderConnections senders = new SenderConnections(this::connection, this::execute, System::nanoTime);

    /** Null until somebody needs it. */
    private volatile Shared shared;

    /** What hangs on the cluster. */
    private record Shared(Cluster cluster, TokenService tokens, Quotas quotas) {}

    RunningAdapter(
            AdapterRuntime.Settings settings,
            BootstrapContext context,
            Supplier<UnaryOperator<Wires>> rewired,
            ConnectorListener listeners)
            throws ResourceAdapterInternalException {
        this.settings = settings;
        this.rewired = rewired;
        this.listeners = listeners;
        this.checks = new StartChecks(new Checked(), this::execute, listeners);
        this.timer = timer(context);
        try {
            // The first one ends writes that hang, which a cluster that does not answer must not keep it from.
            this.clusterTimer = timer(context);
        } catch (ResourceAdapterInternalException none) {
            timer.cancel();
            throw none;
        }
        this.workManager = context.getWorkManager();
        every(timer, TICK_MILLIS, writeTimeouts::tick);
        every(senders::tick);
        every(this::lookAfterTokens);
        every(clusterTimer, LOOK_MILLIS, this::lookAfterTheCluster);
        if (ServerWords.atHand() == ServerWords.LIBERTY && settings.checksAtStart()) {
            LibertyFactories factories = new LibertyFactories();
            every(() -> {
                if (factories.due()) {
                    lookedFor(factories);
                }
            });
        }
    }

    private void lookedFor(LibertyFactories factories) {
        try {
            execute(factories::look);
        } catch (RejectedExecutionException busy) {
            LOG.log(Level.DEBUG, "no thread to look for factories; there is another moment", busy);
        }
    }

    /** What the checks at the start need. */
    private final class Checked implements StartChecks.Means {

        @Override
        public TokenSource tokens() {
            return RunningAdapter.this.tokens().source();
        }

        @Override
        public MailConnection connection(MailAccount account, QuotaLimits limits) {
            return RunningAdapter.this.connection(account, limits);
        }

        @Override
        public String cache() {
            return settings.cache().description();
        }
    }

    void configured(MailConfiguration configuration) {
        checks.configured(configuration);
    }

    private static Timer timer(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            return context.createTimer();
        } catch (UnavailableException none) {
            throw new ResourceAdapterInternalException("the server gives no timer", none);
        }
    }

    /** Does something about once a second; it must be quick. */
    void every(Runnable task) {
        every(timer, LOOK_MILLIS, task);
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
        Shared present = shared;
        if (present != null) {
            present.tokens.tick();
        }
    }

    private void lookAfterTheCluster() {
        Shared present = shared;
        if (present != null) {
            present.cluster.tick();
        }
    }

    MailConnection connection(MailAccount account, QuotaLimits limits) {
        Shared present = shared();
        return new MailConnection(
                account,
                rewired.get().apply(wires),
                present.tokens.source(),
                Clock.systemUTC(),
                present.quotas.sending(account, limits),
                present.quotas.reading(account, limits),
                listeners);
    }

    private Shared shared() {
        Shared present = shared;
        return present == null ? made() : present;
    }

    /** Goes over no network: the cluster's cache is opened at its first use. */
    private synchronized Shared made() {
        if (shared == null) {
            Clock clock = Clock.systemUTC();
            Cluster cluster = new Cluster(settings.cache(), NodeName.ofThisServer(), this::execute, clock, listeners);
            TokenService tokens = new TokenService(
                    cluster, settings.store(this::execute), Grants::new, this::execute, clock, listeners);
            shared = new Shared(cluster, tokens, new Quotas(cluster, this::execute, clock, listeners));
        }
        return shared;
    }

    Map<String, List<ServerSnapshot>> quotas() {
        Shared present = shared;
        return present == null ? Map.of() : present.quotas.snapshot();
    }

    List<TokenSnapshot> tokensAtHand() {
        Shared present = shared;
        return present == null ? List.of() : present.tokens.source().snapshot();
    }

    CacheSnapshot cache() {
        Shared present = shared;
        return present == null ? new CacheSnapshot(NodeName.ofThisServer(), false, false) : present.cluster.snapshot();
    }

    TokenService tokens() {
        return shared().tokens;
    }

    SenderConnections senders() {
        return senders;
    }

    /** On one of the server's own threads. */
    void execute(Runnable task) {
        try {
            workManager.scheduleWork(new ServerWork(task));
        } catch (WorkException | RuntimeException refused) {
            // Open Liberty throws a NullPointerException while it restarts the adapter.
            throw new RejectedExecutionException(refused);
        }
    }

    /** Nobody logs in any more; {@link #close} must follow. */
    void ending() {
        timer.cancel();
        clusterTimer.cancel();
        senders.ending();
    }

    /**
     * Closes all, in the order in which they stand on each other.
     *
     * @param deadline until when messages that are on their way may arrive, and servers say goodbye
     */
    void close(Deadline deadline) {
        senders.close(deadline);
        Shared present = shared;
        if (present != null) {
            present.quotas.close();
            present.tokens.close(); // It may wait for an exchange of a refresh token, and then leaves the cluster.
        }
    }
}

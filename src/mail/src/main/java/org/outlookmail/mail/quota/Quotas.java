package org.outlookmail.mail.quota;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Quota;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.EventLog;
import org.outlookmail.management.ServerSnapshot;

/**
 * The {@link Quota} of every mailbox that this node uses, as long as somebody uses it.
 *
 * <p>Thread rule: free for any thread. The resource adapter closes it when it stops, before the cluster, whose
 * {@link Cluster#tick} it lives on.
 */
public final class Quotas implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Quotas.class.getName());

    private record Key(String mailbox, MailServer server, QuotaLimits limits) {}

    /** Before its id, where a mailbox would stand; no address has a space. */
    private static final String APPLICATION = "application ";

    private final Cluster cluster;
    private final Executor executor;
    private final Clock clock;
    private final ConnectorListener listener;

    /** Guarded by this. */
    private final Map<Key, WeakReference<MailboxQuota>> quotas = new HashMap<>();

    /**
     * @param cluster what the nodes share; not null
     * @param executor closes connections that another node needs, and reads what it has called out; not null
     * @param clock what time it is, about the same on all nodes; not null
     */
    public Quotas(Cluster cluster, Executor executor, Clock clock) {
        this(cluster, executor, clock, EventLog.STANDARD);
    }

    /**
     * The same with somebody who is told of waits in vain.
     *
     * @param listener not null
     */
    public Quotas(Cluster cluster, Executor executor, Clock clock, ConnectorListener listener) {
        this.listener = listener;
        this.cluster = cluster;
        this.executor = executor;
        this.clock = clock;
        cluster.bulletin().listen(this::heard);
    }

    /**
     * The quota of an account where it sends; never null.
     *
     * @param limits as they are configured
     */
    public Quota sending(MailAccount account, QuotaLimits limits) {
        return withAll(sending(account.mailbox(), account.out().server(), limits), account.out(), limits);
    }

    /** The same where it reads. */
    public Quota reading(MailAccount account, QuotaLimits limits) {
        return withAll(reading(account.mailbox(), account.in().server(), limits), account.in(), limits);
    }

    /** The quota of a mailbox where it sends; never null. */
    public Quota sending(String mailbox, MailServer server, QuotaLimits limits) {
        return quota(new Key(mailbox, server, limits.sendingAt(server)));
    }

    /** The quota of a mailbox where it reads: only the server's pauses are kept, unless it counts requests. */
    public Quota reading(String mailbox, MailServer server, QuotaLimits limits) {
        return quota(new Key(mailbox, server, limits.readingAt(server)));
    }

    /** With that of all mailboxes of the application, where there is a limit for them. */
    private Quota withAll(Quota ofMailbox, Endpoint end, QuotaLimits limits) {
        if (!end.server().graph()
                || limits.maxRequestsOfAll() == 0
                || !(end.authentication() instanceof Authentication.Token token)) {
            return ofMailbox;
        }
        String application = APPLICATION + token.request().clientId();
        return new QuotaWithin(ofMailbox, quota(new Key(application, end.server(), limits.ofAll())));
    }

    private synchronized Quota quota(Key key) {
        quotas.values().removeIf(reference -> reference.refersTo(null));
        WeakReference<MailboxQuota> known = quotas.get(key);
        MailboxQuota quota = known == null ? null : known.get();
        if (quota == null) {
            quota = new MailboxQuota(key.mailbox, key.server, key.limits, cluster, clock, listener);
            quotas.put(key, new WeakReference<>(quota));
        }
        return quota;
    }

    /** The same on every node; nobody who reads the cache learns whose it is. */
    static String name(String mailbox, MailServer server) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((server + "\n" + mailbox.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Obeys what other nodes have called out. Each mailbox on a thread of its own, so that none waits for another. */
    private void heard(Map<String, Instant> notices) {
        for (MailboxQuota quota : present()) {
            if (quota.concerned(notices)) {
                try {
                    executor.execute(() -> quota.heard(notices, executor));
                } catch (RejectedExecutionException busy) {
                    LOG.log(Level.DEBUG, "no thread to look after a mailbox; the notice stands a while", busy);
                }
            }
        }
    }

    private synchronized List<MailboxQuota> present() {
        return quotas.values().stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** How each mailbox that is used stands at its servers, by its address in lower case; asks nobody. */
    public Map<String, List<ServerSnapshot>> snapshot() {
        Map<String, List<ServerSnapshot>> mailboxes = new TreeMap<>();
        present().stream()
                .filter(quota -> !quota.mailbox().startsWith(APPLICATION))
                .forEach(quota -> mailboxes
                        .computeIfAbsent(quota.mailbox().toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                        .add(quota.snapshot()));
        return mailboxes;
    }

    /** Those who wait for a turn are told that it does not come. */
    @Override
    public void close() {
        present().forEach(MailboxQuota::close);
    }
}

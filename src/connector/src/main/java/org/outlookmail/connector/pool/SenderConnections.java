package org.outlookmail.connector.pool;

import jakarta.mail.MessagingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.quota.QuotaLimits;

/**
 * The connections of senders who are not the mailbox of a pooled connection ({@code senderPolicy="sender"}). They belong to
 * the adapter: whichever pooled connection sends for a sender takes one that is logged in already, so that there are about as
 * many logins as senders and connections in use, however many pooled ones take turns. A sender has no more of them than its
 * mailbox may have connections; who finds all in use waits.
 *
 * <p>The server's pool does not count them: an application that sends as many holds one pooled connection at a time, and one
 * transaction spans all of them.
 *
 * <p>Thread rule: free for any thread.
 */
public final class SenderConnections {

    private static final Logger LOG = System.getLogger(SenderConnections.class.getName());

    /** One that nobody has used for so long is closed. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** Makes a connection that is not logged in yet. */
    @FunctionalInterface
    public interface Opener {
        MailConnection open(MailAccount account, QuotaLimits limits) throws jakarta.resource.spi.IllegalStateException;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Use<T> {
        T with(MailConnection connection, Duration patience) throws MessagingException;
    }

    private final Opener opener;
    private final Executor executor;
    private final LongSupplier nanos;

    // Guarded by this.
    private final Map<Key, Few> senders = new HashMap<>();
    private boolean closed;

    /** Whose, opened by what, and how many; a changed credential is another key, and the old connections age. */
    private record Key(MailAccount account, QuotaLimits limits) {}

    private record Resting(MailConnection connection, long sinceNanos) {}

    /** Those of one sender. */
    private static final class Few {
        private final Deque<Resting> resting = new ArrayDeque<>();
        private final Set<MailConnection> used = new HashSet<>();
        private int coming;

        int all() {
            return resting.size() + used.size() + coming;
        }
    }

    public SenderConnections(Opener opener, Executor executor, LongSupplier nanos) {
        this.opener = opener;
        this.executor = executor;
        this.nanos = nanos;
    }

    /**
     * Does something with a connection of a sender, while nobody else does.
     *
     * @param account the sender's
     * @throws MessagingException diagnosed: of the use, or that all are in use for too long, or that the adapter stops
     */
    <T> T with(MailAccount account, QuotaLimits limits, Use<T> use) throws MessagingException {
        Key key = new Key(account.as(account.mailbox().toLowerCase(Locale.ROOT)), limits);
        Deadline deadline = Deadline.in(limits.patience());
        MailConnection connection = taken(key, deadline);
        if (connection == null) {
            connection = opened(key, account);
        }
        try {
            return use.with(connection, deadline.left());
        } finally {
            giveBack(key, connection);
        }
    }

    /** Null if another one may be opened; it counts from now on. */
    private synchronized MailConnection taken(Key key, Deadline deadline) throws MessagingException {
        while (true) {
            if (closed) {
                throw takenBack(key.account.mailbox(), null);
            }
            Few few = senders.computeIfAbsent(key, first -> new Few());
            Resting last = few.resting.pollLast(); // The others may age.
            if (last != null) {
                few.used.add(last.connection);
                return last.connection;
            }
            if (key.limits.maxAtATime() == 0 || few.all() < key.limits.maxAtATime()) {
                few.coming++;
                return null;
            }
            await(key, deadline);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // Its caller looks again.
    private synchronized void await(Key key, Deadline deadline) throws MessagingException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline.left().toNanos());
        if (left <= 0) {
            throw new DiagnosedMessagingException(
                    Diagnosis.of(
                            DiagnosisCode.MAILBOX_BUSY,
                            "All " + key.limits.maxAtATime() + " connections of " + key.account.mailbox()
                                    + " are in use on this server.",
                            details(key)),
                    null);
        }
        try {
            wait(left);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DiagnosedMessagingException(
                    Diagnosis.of(
                            DiagnosisCode.INTERRUPTED,
                            "The wait for a connection of " + key.account.mailbox() + " was interrupted.",
                            details(key)),
                    null);
        }
    }

    private static Map<String, String> details(Key key) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", key.account.mailbox());
        details.put("server", key.account.out().server().toString());
        details.put("waitedAtMostMillis", Long.toString(key.limits.patience().toMillis()));
        return details;
    }

    private MailConnection opened(Key key, MailAccount account) throws MessagingException {
        MailConnection made = null;
        try {
            made = opener.open(account, key.limits);
            return made;
        } catch (jakarta.resource.spi.IllegalStateException stopped) {
            throw takenBack(account.mailbox(), stopped);
        } finally {
            arrived(key, made);
        }
    }

    private synchronized void arrived(Key key, MailConnection made) {
        Few few = senders.get(key);
        few.coming--;
        if (made != null) {
            few.used.add(made);
            if (closed) {
                made.ending(); // It was opened while all were told so.
            }
        }
        notifyAll();
    }

    private synchronized void giveBack(Key key, MailConnection connection) {
        Few few = senders.get(key);
        few.used.remove(connection);
        few.resting.addLast(new Resting(connection, nanos.getAsLong()));
        notifyAll();
    }

    static DiagnosedMessagingException takenBack(String sender, Exception cause) {
        return new DiagnosedMessagingException(
                Diagnosis.of(
                        DiagnosisCode.SESSION_TAKEN_BACK,
                        "The server has closed the connection before " + sender + " could send.",
                        Map.of("mailbox", sender)),
                cause);
    }

    /** Closes those that nobody has used for long; to be called now and then. The executor does the work. */
    public void tick() {
        List<MailConnection> old = aged();
        if (!old.isEmpty()) {
            try {
                executor.execute(() -> old.forEach(MailConnection::close));
            } catch (RejectedExecutionException busy) {
                LOG.log(Level.DEBUG, "no thread to close idle connections of senders; closing them here", busy);
                old.forEach(connection -> connection.close(Deadline.in(Duration.ZERO)));
            }
        }
    }

    private synchronized List<MailConnection> aged() {
        long now = nanos.getAsLong();
        List<MailConnection> old = new ArrayList<>();
        for (Few few : senders.values()) {
            while (!few.resting.isEmpty() && now - few.resting.peekFirst().sinceNanos > IDLE.toNanos()) {
                old.add(few.resting.pollFirst().connection);
            }
        }
        senders.values().removeIf(few -> few.all() == 0);
        return old;
    }

    /** Tells of each connection whose it is, and whether it is in use. */
    public synchronized void each(BiConsumer<String, Boolean> told) {
        senders.forEach((key, few) -> {
            few.resting.forEach(resting -> told.accept(key.account.mailbox(), false));
            few.used.forEach(used -> told.accept(key.account.mailbox(), true));
        });
    }

    /** From now on nobody logs in any more; {@link #close} must follow. */
    public void ending() {
        all().forEach(MailConnection::ending);
    }

    private synchronized Collection<MailConnection> all() {
        closed = true;
        notifyAll();
        List<MailConnection> all = new ArrayList<>();
        senders.values().forEach(few -> {
            few.resting.forEach(resting -> all.add(resting.connection));
            all.addAll(few.used);
        });
        return all;
    }

    /**
     * Closes all of them.
     *
     * @param deadline until when messages that are on their way may arrive, and servers say goodbye
     */
    public void close(Deadline deadline) {
        Collection<MailConnection> all = all();
        all.forEach(MailConnection::ending); // Of all first, so that what is left for one is left for the next.
        all.forEach(connection -> connection.close(deadline));
    }
}

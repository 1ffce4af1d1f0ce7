package org.outlookmail.mail.quota;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.cluster.Bulletin;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.cluster.Place;
import org.outlookmail.cluster.Semaphore;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Quota;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.management.ServerSnapshot;

/**
 * The {@link Quota} of one mailbox at one server. What counts is in the cluster's cache; here is who on this node holds a
 * connection.
 *
 * <p>Thread rule: free for any thread.
 */
final class MailboxQuota implements Quota {

    /** How often the queue is looked at while waiting; a permit given back on this node is noticed at once. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** How long a call for a permit stands, and how soon it is repeated. */
    private static final Duration CALL = Duration.ofSeconds(5);

    private static final Duration CALL_AGAIN = Duration.ofSeconds(2);

    /** A connection in use is left alone that long, so that logins stay few. */
    private static final Duration SHARE = Duration.ofSeconds(1);

    /** The waits for a server that is not available. */
    private static final Duration BRIEFLY = Duration.ofMillis(500);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final String mailbox;
    private final MailServer server;
    private final QuotaLimits limits;
    private final Cluster cluster;
    private final Clock clock;
    private final ConnectorListener listener;
    private final String name;
    private final Semaphore permits;
    private final MessageWindow window;
    private final ServerPause pause;

    /** Guarded by this: who has a connection, with a permit or without. */
    private final Set<Guest> guests = new HashSet<>();

    /** Guarded by this: how many wait for whatever it is. */
    private int waiting;

    /** Guarded by this: who holds a permit on this node. */
    private final Map<Guest, Holding> holdings = new HashMap<>();

    /** Guarded by this: the adapter stops, nobody waits any longer. */
    private boolean closed;

    private static final class Holding {
        private final String id;
        private final long sinceNanos = System.nanoTime();
        private volatile boolean wanted;

        Holding(String id) {
            this.id = id;
        }
    }

    MailboxQuota(
            String mailbox,
            MailServer server,
            QuotaLimits limits,
            Cluster cluster,
            Clock clock,
            ConnectorListener listener) {
        this.mailbox = mailbox;
        this.server = server;
        this.limits = limits;
        this.cluster = cluster;
        this.clock = clock;
        this.listener = listener;
        name = Quotas.name(mailbox, server);
        permits = cluster.semaphore(Place.ofAll("permits", name));
        window = new MessageWindow(cluster.text(Place.ofAll("messages", name)), limits.maxMessagesPerMinute());
        pause = new ServerPause(cluster.text(Place.ofAll("pause", name)));
    }

    String mailbox() {
        return mailbox;
    }

    @Override
    public Duration patience() {
        return limits.patience();
    }

    @Override
    public int messagesPerConnection() {
        return limits.messagesPerConnection();
    }

    @Override
    public void enter(Guest guest, Deadline deadline) throws MessagingException {
        stopIfClosed();
        pause.refresh(clock.instant());
        awaitEndOfPause(deadline);
        if (limits.maxAtATime() == 0) {
            entered(guest, Optional.empty());
            return;
        }
        String id = UUID.randomUUID().toString();
        boolean taken = false;
        Instant nextCall = Instant.MIN;
        try {
            while (!taken) {
                taken = permits.take(id, limits.maxAtATime());
                if (!taken) {
                    if (deadline.left().isZero()) {
                        throw busy();
                    }
                    askIdle();
                    if (clock.instant().isAfter(nextCall)) {
                        nextCall = clock.instant().plus(CALL_AGAIN);
                        cluster.bulletin().post(wantedNotice(), clock.instant().plus(CALL));
                    }
                    await(min(deadline.left(), LOOK));
                }
            }
            taken = entered(guest, Optional.of(id));
            stopIfClosed();
        } finally {
            if (!taken) {
                permits.give(id);
            }
        }
    }

    /** Whether he is in; not if the adapter stops. */
    private synchronized boolean entered(Guest guest, Optional<String> permit) {
        if (!closed) {
            guests.add(guest);
            permit.ifPresent(id -> holdings.put(guest, new Holding(id)));
        }
        return !closed;
    }

    /** How it is at this moment on this node; asks nobody. */
    synchronized ServerSnapshot snapshot() {
        Instant until = pause.until();
        return new ServerSnapshot(
                server.toString(),
                guests.size(),
                waiting,
                limits.maxAtATime(),
                until.isAfter(clock.instant()) ? Optional.of(until) : Optional.empty());
    }

    /** Those on this node need not wait to be asked by the timer. */
    private void askIdle() {
        wantedGuests().forEach(Guest::makeRoom);
    }

    private synchronized List<Guest> wantedGuests() {
        holdings.values().forEach(holding -> holding.wanted = true);
        return List.copyOf(holdings.keySet());
    }

    @Override
    public void leave(Guest guest) {
        Holding held;
        synchronized (this) {
            guests.remove(guest);
            held = holdings.remove(guest);
            notifyAll();
        }
        if (held != null) {
            permits.give(held.id);
        }
    }

    @Override
    public boolean wanted(Guest guest) {
        Holding held;
        synchronized (this) {
            held = holdings.get(guest);
        }
        return held != null && held.wanted && System.nanoTime() - held.sinceNanos > SHARE.toNanos();
    }

    @Override
    public void awaitEndOfPause(Deadline deadline) throws MessagingException {
        Instant until = pause.until();
        while (until.isAfter(clock.instant())) {
            Duration left = Duration.between(clock.instant(), until);
            if (!deadline.allows(left)) {
                throw refused(
                        DiagnosisCode.MAIL_PAUSED,
                        server + " has asked for a pause of " + mailbox + ", which ends in " + left.toMillis() + " ms.",
                        Map.of(
                                "pausedUntil",
                                until.plusMillis(999)
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString()));
            }
            await(left);
            until = pause.until();
        }
    }

    @Override
    public void awaitMessage(Deadline deadline) throws MessagingException {
        awaitEndOfPause(deadline);
        if (limits.maxMessagesPerMinute() == 0) {
            return;
        }
        Optional<Instant> turn = window.reserve(clock.instant(), deadline.left());
        if (turn.isEmpty()) {
            throw refused(
                    DiagnosisCode.MESSAGE_RATE_REACHED,
                    mailbox + " has sent its " + limits.maxMessagesPerMinute()
                            + " messages of this minute, over all servers.",
                    Map.of("maxMessagesPerMinute", Integer.toString(limits.maxMessagesPerMinute())));
        }
        Duration wait = Duration.between(clock.instant(), turn.get());
        while (!wait.isNegative() && !wait.isZero()) {
            await(wait);
            wait = Duration.between(clock.instant(), turn.get());
        }
    }

    @Override
    public boolean throttled(Optional<Duration> retryAfter, Deadline deadline) {
        pause.begin(retryAfter.orElse(Duration.ZERO), clock.instant());
        cluster.bulletin()
                .post(pauseNotice(), min(pause.until(), clock.instant().plus(Bulletin.LONGEST)));
        // A pause that is over already, however short it was, gives nobody more time than he had.
        return !deadline.left().isZero() && deadline.allows(Duration.between(clock.instant(), pause.until()));
    }

    /** As long as the caller has waited already, so that the waits double, from half a second up to five. */
    @Override
    public boolean unavailable(Deadline deadline) throws MessagingException {
        Duration waited = limits.patience().minus(deadline.left());
        Deadline moment = Deadline.in(max(BRIEFLY, min(LONGEST, waited)));
        if (!deadline.allows(moment.left())) {
            return false;
        }
        while (!moment.left().isZero()) {
            await(moment.left());
        }
        return true;
    }

    @Override
    public void flows() {
        pause.end(clock.instant());
    }

    private String wantedNotice() {
        return "wanted." + name;
    }

    private String pauseNotice() {
        return "pause." + name;
    }

    /** Whether another node has called out something that this one has to do. */
    boolean concerned(Map<String, Instant> notices) {
        Instant paused = notices.get(pauseNotice());
        return (paused != null && paused.isAfter(pause.until())) || notices.containsKey(wantedNotice()) || asked();
    }

    private synchronized boolean asked() {
        return holdings.values().stream().anyMatch(holding -> holding.wanted);
    }

    /** Does it: keeps the pause, gives up what is idle. */
    void heard(Map<String, Instant> notices, Executor executor) {
        if (notices.containsKey(pauseNotice())) {
            pause.refresh(clock.instant());
        }
        Map<Guest, Holding> held;
        synchronized (this) {
            held = new HashMap<>(holdings);
        }
        if (held.isEmpty()) {
            return;
        }
        // A notice stands longer than the one who waits; nobody shall log in anew for nothing.
        boolean wanted = notices.containsKey(wantedNotice()) && permits.waiting() > 0;
        held.values().forEach(holding -> holding.wanted = wanted);
        if (wanted) {
            held.keySet().forEach(guest -> executor.execute(guest::makeRoom));
        }
    }

    /** Gives back what this node holds, while the cache is still there, and tells those who wait. */
    void close() {
        List<Holding> held;
        synchronized (this) {
            closed = true;
            held = List.copyOf(holdings.values());
            holdings.clear();
            notifyAll();
        }
        held.forEach(holding -> permits.give(holding.id));
    }

    private synchronized void stopIfClosed() throws MessagingException {
        if (closed) {
            throw refused(
                    DiagnosisCode.SESSION_TAKEN_BACK,
                    "The resource adapter stops, and " + mailbox + " gets no turn at " + server + " any more.",
                    Map.of());
        }
    }

    @SuppressWarnings("WaitNotInLoop") // Every caller looks again.
    private synchronized void await(Duration time) throws MessagingException {
        stopIfClosed();
        waiting++;
        try {
            // At least a millisecond: 0 would be for ever.
            wait(Math.max(1, time.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw refused(
                    DiagnosisCode.INTERRUPTED,
                    "The wait for a turn of " + mailbox + " at " + server + " was interrupted.",
                    Map.of());
        } finally {
            waiting--;
        }
    }

    private MessagingException busy() {
        return refused(
                DiagnosisCode.MAILBOX_BUSY,
                "All " + limits.maxAtATime() + " " + limits.kind().word() + " that " + mailbox + " may have to "
                        + server + " are in use, over all servers.",
                Map.of("holders", permits.told()));
    }

    private MessagingException refused(DiagnosisCode code, String summary, Map<String, String> further) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", mailbox);
        details.put("server", server.toString());
        details.put("waitedAtMostMillis", Long.toString(limits.patience().toMillis()));
        details.putAll(further);
        Diagnosis diagnosis = Diagnosis.of(code, summary, details);
        if (diagnosis.code().fault() == Fault.LIMIT) {
            listener.onQuotaReached(mailbox, diagnosis);
        }
        return new DiagnosedMessagingException(diagnosis, null);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

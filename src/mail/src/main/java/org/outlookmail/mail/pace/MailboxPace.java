package org.outlookmail.mail.pace;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Pace;

/**
 * The {@link Pace} of one mailbox at one server. What counts is in the cluster's cache; here is who on this node holds a
 * connection.
 *
 * <p>Thread rule: free for any thread.
 */
final class MailboxPace implements Pace {

    /** How often the queue is looked at while waiting; a permit given back on this node is noticed at once. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A connection in use is left alone that long, so that logins stay few. */
    private static final Duration SHARE = Duration.ofSeconds(1);

    /** The waits for a server that is not available. */
    private static final Duration BRIEFLY = Duration.ofMillis(500);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final String mailbox;
    private final MailServer server;
    private final PaceLimits limits;
    private final String node;
    private final Clock clock;
    private final Permits permits;
    private final MessageWindow window;
    private final ServerPause pause;

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

    MailboxPace(String mailbox, MailServer server, PaceLimits limits, SharedTexts texts, String node, Clock clock) {
        this.mailbox = mailbox;
        this.server = server;
        this.limits = limits;
        this.node = node;
        this.clock = clock;
        String name = MailPaces.name(mailbox, server);
        permits = new Permits(texts, name + ".permits", limits.maxConnections());
        window = new MessageWindow(texts, name + ".messages", limits.maxMessagesPerMinute());
        pause = new ServerPause(texts, name + ".pause");
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
        if (limits.maxConnections() == 0) {
            return;
        }
        String id = UUID.randomUUID().toString();
        boolean taken = false;
        try {
            while (!taken) {
                taken = permits.take(id, node, clock.instant());
                if (!taken) {
                    if (deadline.left().isZero()) {
                        throw busy();
                    }
                    askIdle();
                    await(min(deadline.left(), LOOK));
                }
            }
            synchronized (this) {
                taken = !closed;
                if (taken) {
                    holdings.put(guest, new Holding(id));
                }
            }
            stopIfClosed();
        } finally {
            if (!taken) {
                permits.give(id, clock.instant());
            }
        }
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
            held = holdings.remove(guest);
            notifyAll();
        }
        if (held != null) {
            permits.give(held.id, clock.instant());
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
                        Map.of("pausedUntil", until.toString()));
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
    public boolean throttled(Diagnosis refusal, Deadline deadline) {
        pause.begin(refusal, clock.instant());
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

    /** Keeps this node's permits alive, and learns what other nodes want. */
    void tick(Executor executor) {
        pause.refresh(clock.instant());
        Map<Guest, Holding> held;
        synchronized (this) {
            held = new HashMap<>(holdings);
        }
        if (held.isEmpty()) {
            return;
        }
        Set<String> ids = held.values().stream().map(holding -> holding.id).collect(Collectors.toSet());
        int waiting = permits.renew(ids, node, clock.instant());
        // Given back since the look above: it must not come to life again.
        held.forEach((guest, holding) -> {
            if (!holds(guest, holding)) {
                permits.give(holding.id, clock.instant());
            }
        });
        held.values().forEach(holding -> holding.wanted = waiting > 0);
        if (waiting > 0) {
            held.keySet().forEach(guest -> executor.execute(guest::makeRoom));
        }
    }

    private synchronized boolean holds(Guest guest, Holding holding) {
        return holdings.get(guest) == holding;
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
        held.forEach(holding -> permits.give(holding.id, clock.instant()));
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
        try {
            // At least a millisecond: 0 would be for ever.
            wait(Math.max(1, time.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw refused(
                    DiagnosisCode.INTERRUPTED,
                    "The wait for a turn of " + mailbox + " at " + server + " was interrupted.",
                    Map.of());
        }
    }

    private MessagingException busy() {
        return refused(
                DiagnosisCode.MAILBOX_BUSY,
                "All " + limits.maxConnections() + " connections that " + mailbox + " may have to " + server
                        + " are in use, over all servers.",
                Map.of("holders", permits.told(clock.instant())));
    }

    private MessagingException refused(DiagnosisCode code, String summary, Map<String, String> further) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", mailbox);
        details.put("server", server.toString());
        details.put("waitedAtMostMillis", Long.toString(limits.patience().toMillis()));
        details.putAll(further);
        return new DiagnosedMessagingException(Diagnosis.of(code, summary, details), null);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

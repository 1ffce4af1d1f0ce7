package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.DiagnosisCode.Retry;
import org.outlookmail.OneLine;
import org.outlookmail.management.ConnectorListener;

/**
 * One login at one server, kept for as long as it may be used: opened at first need with a token (or password) fetched at
 * that moment, renewed before the token expires and when it has been idle and the server has hung up.
 *
 * <p>A token that the server refuses is forgotten, in the whole cluster, and the login tried once more with a new one: it
 * may have been issued before an administrator granted the permission, or have been revoked. If another one was replaced a
 * moment ago, the new one is waited for until the deadline of the caller.
 *
 * <p>Thread rule: one thread at a time, but its {@link MailConnection} may close it from any.
 *
 * @param <S> Angus Mail's client
 */
final class ServerLogin<S extends ServerLogin.Client> implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ServerLogin.class.getName());

    /** After this long without use the server is asked whether it is still there; it costs one round trip. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** How long a server may take to say that it is there, or goodbye. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Angus Mail's client, and what we know of it beyond its own interface. */
    interface Client {

        /** As {@code Service} has it. */
        void connect(String host, int port, String user, String password) throws MessagingException;

        /** As {@code Service} has it: asks the server. */
        boolean isConnected();

        /** As {@code Service} has it. */
        void close() throws MessagingException;

        /** Whether it is connected as far as it knows; unlike {@code isConnected} it does not ask the server. */
        boolean open();

        /** Ends the session in an orderly way; {@link #close} comes after it. */
        default void goodbye() throws MessagingException {
            // close() says it.
        }

        /** Whether a server of this protocol may say something that nobody asked for, and mean no harm. */
        default boolean speaksUnasked() {
            return false;
        }

        /** The server's first refusal, in its own words; null if there is none or the exceptions tell it. */
        String refusal();
    }

    /** Makes a client that is not connected yet. */
    @FunctionalInterface
    interface ClientFactory<S extends Client> {
        S create(Session session, MailServer server) throws MessagingException;
    }

    private final MailAccount account;
    private final Endpoint end;
    private final MailServer server;
    private final Proof proof;
    private final WriteTimeouts writeTimeouts;
    private final Clock clock;
    private final ClientFactory<S> factory;
    private final Quota quota;
    private final Quota.Guest guest;
    private final ConnectorListener listener;

    private volatile S client;
    private volatile WireSockets sockets;
    private volatile Instant lastUse;
    private int messages;
    private DiagnosisCode complained;
    private volatile boolean closed;

    /** Whether the last login was given up without another one since. */
    private volatile boolean lost;

    ServerLogin(MailAccount account, Endpoint end, Proof proof, Surroundings surroundings, ClientFactory<S> factory) {
        this.account = account;
        this.end = end;
        this.server = end.server();
        this.proof = proof;
        this.writeTimeouts = surroundings.writeTimeouts();
        this.clock = surroundings.clock();
        this.factory = factory;
        this.quota = surroundings.quota();
        this.guest = surroundings.guest();
        this.listener = surroundings.listener();
    }

    /**
     * The client, logged in.
     *
     * <p>Until {@link #rest} the servers' answers are awaited no longer than the call allows.
     *
     * @param call how long it may take
     * @throws MessagingException diagnosed: no token, no server, a refusal, or that this login has been closed
     */
    S client(Call call) throws MessagingException {
        requireOpen();
        S present = client;
        if (present != null && !present.speaksUnasked() && !sockets.quiet()) {
            // Whatever it is, an answer to what comes next it is not: the end, or the words before it.
            drop();
            present = null;
        }
        if (present != null && !usable(present)) {
            if (present.open()) {
                retire(); // Its token runs out; the server shall not count it beside the next one.
            } else {
                drop();
            }
            present = null;
        }
        boolean rested = present != null;
        if (!rested) {
            present = admitted(call);
            client = present;
            messages = 0;
            lost = false;
            if (closed) {
                drop(); // It was closed while this one waited for its turn.
            }
            requireOpen();
        }
        lastUse = clock.instant();
        sockets.limit(rested ? call.firstReply() : null, call.end());
        return present;
    }

    /** Until {@link #rest} the server's answers are awaited for a short time: they come at once, or it is gone. */
    void hurry() {
        WireSockets present = sockets;
        if (present != null) {
            present.limit(null, Deadline.in(soon()));
        }
    }

    /** The call that asked for the client is over. */
    void rest() {
        WireSockets present = sockets;
        if (present != null) {
            present.unlimited();
        }
    }

    /** Servers destroy connections in use when they restart the adapter. */
    void requireOpen() throws DiagnosedMessagingException {
        if (closed) {
            throw new DiagnosedMessagingException(
                    FailureClassifier.takenBack(
                            account, "The connection of " + account.mailbox() + " was closed while it was in use."),
                    null);
        }
    }

    /** Whether the server is still there; so far as nobody is logged in, nothing speaks against it. */
    boolean alive() {
        S present = client;
        return present == null || (present.open() && proof.holds(clock.instant()) && soon(present::isConnected));
    }

    /**
     * Whether the next use needs no other login than that of the last one; asks the server if it has rested, as the next use
     * would.
     */
    boolean standing() {
        S present = client;
        if (present == null) {
            return !lost;
        }
        if (!present.open()) {
            return false;
        }
        Instant now = clock.instant();
        if (lastUse.plus(IDLE).isAfter(now)) {
            return true;
        }
        boolean there = soon(present::isConnected);
        if (there) {
            lastUse = now;
        }
        return there;
    }

    /** Something failed that need not be this login's fault: the next use asks the server whether it is there. */
    void doubt() {
        lastUse = Instant.EPOCH;
    }

    /** The client if there is one, logged in or not; else null. */
    S present() {
        return client;
    }

    private boolean usable(S present) {
        Instant now = clock.instant();
        if (!present.open() || !proof.holds(now)) {
            return false;
        }
        return lastUse.plus(IDLE).isAfter(now) || soon(present::isConnected);
    }

    private S admitted(Call call) throws MessagingException {
        quota.enter(guest, call.turn());
        boolean in = false;
        try {
            S fresh = login(call);
            in = true;
            return fresh;
        } finally {
            if (!in) {
                quota.leave(guest);
            }
        }
    }

    private S login(Call call) throws MessagingException {
        String password = proof.fetch();
        try {
            proof.doubt().ifPresent(this::complain);
            long started = System.nanoTime();
            S fresh = connectedWithAny(call, password);
            listener.onConnectionOpened(
                    account.mailbox(), server.toString(), Duration.ofNanos(System.nanoTime() - started));
            complained = null;
            return fresh;
        } catch (MessagingException failure) {
            Diagnosis.of(failure).ifPresent(this::complain);
            throw failure;
        }
    }

    private S connectedWithAny(Call call, String password) throws MessagingException {
        try {
            return connected(call, password);
        } catch (MessagingException refused) {
            Optional<String> other = mayBeReplaced(refused) ? replaced(refused, call.turn()) : Optional.empty();
            if (other.isPresent()) {
                return connected(call, other.get());
            }
            throw refused;
        }
    }

    private S connected(Call call, String password) throws MessagingException {
        LoginText.check(account.mailbox(), end.authentication(), proof.user(), password);
        WireSockets made = WireSession.sockets(account, server);
        made.limit(null, call.end());
        S fresh = factory.create(WireSession.of(account, end, writeTimeouts, made), server);
        sockets = made;
        requireOpen(); // Whoever closes it from here on finds these sockets.
        try {
            fresh.connect(server.host(), server.port(), proof.user(), password);
            return fresh;
        } catch (MessagingException | RuntimeException failure) {
            made.abort();
            quietly(fresh);
            requireOpen();
            throw FailureClassifier.connecting(account, server, proof, call, fresh.refusal(), failure);
        }
    }

    /** It may have been issued before an administrator granted the permission, or have been revoked. */
    private static boolean mayBeReplaced(MessagingException refused) {
        return Diagnosis.of(refused)
                .map(Diagnosis::code)
                .filter(code -> code.retry() == Retry.WITH_NEW_TOKEN)
                .isPresent();
    }

    private Optional<String> replaced(MessagingException refused, Deadline deadline) {
        try {
            return proof.replace(deadline);
        } catch (MessagingException none) {
            refused.addSuppressed(none);
            return Optional.empty();
        }
    }

    /** Tells the administrator: once, not at every attempt of an application that tries on and on. */
    private void complain(Diagnosis diagnosis) {
        listener.onConnectionFailed(diagnosis, diagnosis.code() == complained);
        complained = diagnosis.code();
    }

    /** Closes the connection without asking the server; the next use logs in anew. */
    void drop() {
        S old = taken();
        if (old != null) {
            lost = true;
            try {
                // First, so that Angus Mail's end of it waits neither for the server nor for a thread that does.
                sockets.abort();
                quietly(old);
            } finally {
                quota.leave(guest);
                listener.onConnectionClosed(account.mailbox(), server.toString());
            }
        }
    }

    /** One thread alone gets it, and closes it. */
    private synchronized S taken() {
        S old = client;
        client = null;
        return old;
    }

    /** Closes the connection in an orderly way, so that the server no longer counts it; the next use logs in anew. */
    void retire() {
        S old = client;
        if (old != null && old.open() && !sockets.usedByAnother()) {
            soon(() -> goodbye(old));
        }
        drop();
    }

    private boolean goodbye(S old) {
        try {
            old.goodbye();
            old.close();
            return true;
        } catch (MessagingException | RuntimeException gone) {
            LOG.log(Level.DEBUG, () -> "saying goodbye to " + server + ": " + OneLine.of(gone.toString()));
            return false;
        }
    }

    /** Asks the server something that it answers at once, or is gone. */
    private boolean soon(BooleanSupplier question) {
        return sockets.within(soon(), question);
    }

    private Duration soon() {
        Duration read = account.route().timeouts().read();
        return read.compareTo(SOON) < 0 ? read : SOON;
    }

    /** The server has taken a message; after as many as the quota allows the connection is closed. */
    void took() {
        messages++;
        complained = null;
        if (quota.messagesPerConnection() > 0 && messages >= quota.messagesPerConnection()) {
            retire();
        }
    }

    /** For how long nobody has used it. */
    Duration idle() {
        return Duration.between(lastUse, clock.instant());
    }

    /** Takes another token, if there is one, for the next login. */
    void renewProof(Deadline deadline) throws MessagingException {
        drop();
        if (proof.replace(deadline).isEmpty()) {
            LOG.log(Level.DEBUG, () -> "there is no other token for " + account.mailbox());
        }
    }

    /** From now on nobody logs in any more; whoever is about to learns it. */
    void ending() {
        closed = true;
    }

    /**
     * The end is near: no read, of whichever thread, takes longer than that, and nobody logs in any more.
     *
     * @return whether another thread waits for the server at this moment
     */
    boolean closing(Deadline deadline) {
        ending();
        WireSockets present = sockets;
        if (present == null) {
            return false;
        }
        present.lastReads(deadline);
        return present.usedByAnother();
    }

    /** Ends whatever is under way at the server, and the connections with it. */
    void cut() {
        WireSockets present = sockets;
        if (present != null) {
            present.abort();
        }
    }

    /**
     * Closes the connection for good, and at once if another thread waits for the server, or logs in.
     *
     * @param deadline until when the server may say goodbye
     */
    void close(Deadline deadline) {
        if (closing(deadline) || client == null) {
            cut();
        }
        retire();
    }

    @Override
    public void close() {
        close(Deadline.in(SOON));
    }

    private void quietly(S old) {
        try {
            old.close();
        } catch (MessagingException | RuntimeException gone) {
            // Nothing depends on a goodbye; the socket is closed either way.
            LOG.log(Level.DEBUG, () -> "closing the connection to " + server + ": " + OneLine.of(gone.toString()));
        }
    }

    Proof proof() {
        return proof;
    }
}

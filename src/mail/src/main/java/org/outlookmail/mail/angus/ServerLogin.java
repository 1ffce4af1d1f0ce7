package org.outlookmail.mail.angus;

import jakarta.mail.MessagingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.OneLine;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Proof;
import org.outlookmail.mail.Quota;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.wire.WireSockets;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.management.ConnectorListener;

/**
 * One login at one server, kept for as long as it may be used: opened at first need by {@link LoginAttempts},
 * renewed before the token expires and when it has been idle and the server has hung up.
 *
 * <p>Thread rule: one thread at a time, but its {@link MailConnection} may close it from any.
 *
 * @param <S> Angus Mail's client
 */
final class ServerLogin<S extends ServerLogin.Client> implements LoginAttempts.Owner {

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

    private final MailAccount account;
    private final MailServer server;
    private final Proof proof;
    private final Clock clock;
    private final LoginAttempts<S> attempts;
    private final Quota quota;
    private final Quota.Guest guest;
    private final ConnectorListener listener;

    private volatile S client;
    private volatile WireSockets sockets;
    private volatile Instant lastUse;
    private int messages;
    private volatile boolean closed;

    /** Whether the last login was given up without another one since. */
    private volatile boolean lost;

    ServerLogin(
            MailAccount account,
            Endpoint end,
            Surroundings surroundings,
            WriteTimeouts writeTimeouts,
            LoginAttempts.ClientFactory<S> factory) {
        this.account = account;
        this.server = end.server();
        this.proof = Proof.of(account, end, surroundings.tokens());
        this.clock = surroundings.clock();
        this.quota = surroundings.quota();
        this.guest = surroundings.guest();
        this.listener = surroundings.listener();
        this.attempts = new LoginAttempts<>(account, end, proof, writeTimeouts, factory, listener, this);
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

    @Override
    public void connecting(WireSockets made) {
        sockets = made;
    }

    /** Servers destroy connections in use when they restart the adapter. */
    @Override
    public void requireOpen() throws DiagnosedMessagingException {
        if (closed) {
            throw new DiagnosedMessagingException(
                    account.takenBack("The connection of " + account.mailbox() + " was closed while it was in use."),
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
            S fresh = attempts.make(call);
            in = true;
            return fresh;
        } finally {
            if (!in) {
                quota.leave(guest);
            }
        }
    }

    /** Closes the connection without asking the server; the next use logs in anew. */
    void drop() {
        S old = taken();
        if (old != null) {
            lost = true;
            try {
                // First, so that Angus Mail's end of it waits neither for the server nor for a thread that does.
                sockets.abort();
                LoginAttempts.closeQuietly(old, server);
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
        attempts.succeeded();
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

    Proof proof() {
        return proof;
    }
}

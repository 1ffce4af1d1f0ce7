package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.outlookmail.DiagnosedSendException;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.token.TokenSource;

/**
 * The half of a {@link MailConnection} that sends: over an {@link Outbound}, when the {@link Quota} lets it, as often as the
 * {@link Tries} allow.
 *
 * <p>Thread rule: one thread at a time sends; anybody may ask it to make room, or close it.
 */
final class Sender {

    private static final Logger LOG = System.getLogger(Sender.class.getName());

    /** A connection that others wait for is given up when nobody has used it for this long. */
    private static final Duration AT_REST = Duration.ofMillis(200);

    private final MailAccount account;
    private final Quota quota;
    private final ConnectorListener listener;
    private final Quota.Guest guest = this::makeRoom;
    private final Outbound outbound;

    /** Held while the way out is in use, so that only an idle one is given up to somebody who waits. */
    private final ReentrantLock sending = new ReentrantLock();

    /** Why the last message was given up; null if it was sent. Guarded by sending. */
    private DiagnosisCode lastFailure;

    Sender(
            MailAccount account,
            Outbound.Factory factory,
            TokenSource tokens,
            Clock clock,
            Quota quota,
            ConnectorListener listener) {
        this.account = account;
        this.quota = quota;
        this.listener = listener;
        this.outbound = factory.create(account, new Surroundings(tokens, clock, quota, guest, listener));
    }

    /** Something done with the way out while nobody else uses it. */
    @FunctionalInterface
    private interface Use<T> {
        T run(Call call, Tries tries) throws MessagingException;
    }

    private <T> T alone(Duration patience, Use<T> use) throws MessagingException {
        Call call = new Call(patience, account.route().timeouts());
        sending.lock();
        try {
            return rested(call, use);
        } finally {
            sending.unlock();
        }
    }

    private <T> T rested(Call call, Use<T> use) throws MessagingException {
        try {
            return use.run(call, new Tries(quota, call));
        } finally {
            outbound.rest();
            if (outbound.connected() && quota.wanted(guest)) {
                outbound.retire();
            }
        }
    }

    private Outbound opened(Tries tries) throws MessagingException {
        return tries.opened(call -> {
            outbound.open(call);
            return outbound;
        });
    }

    /** Makes sure that it could be sent now, and sends nothing. */
    void prove(OutgoingMessage message, Duration patience) throws MessagingException {
        alone(patience, (call, tries) -> {
            requireSpoken(opened(tries), message);
            return null;
        });
    }

    /** Before the envelope, so that the connection stays as it is. */
    private static void requireSpoken(Outbound outbound, OutgoingMessage message) throws DiagnosedSendException {
        if (message.needsUtf8() && !outbound.takesInternational()) {
            throw message.unspeakable();
        }
    }

    /**
     * Sends a message that has been made ready.
     *
     * @throws MessagingException diagnosed
     */
    void send(OutgoingMessage message, SenderCheck check, Duration patience) throws MessagingException {
        long started = System.nanoTime();
        alone(patience, (call, tries) -> {
            Optional<DeliveryFailure> failure = attempt(message, check, call, tries);
            while (failure.isPresent()) {
                DeliveryFailure told = failure.get();
                if (!tries.again(told.diagnosis(), told.afresh())) {
                    listener.onMessageFailed(
                            account.mailbox(),
                            told.diagnosis(),
                            told.diagnosis().code() == lastFailure);
                    lastFailure = told.diagnosis().code();
                    throw told.exception();
                }
                LOG.log(
                        Level.DEBUG,
                        "sending once more after {0}",
                        told.diagnosis().code());
                failure = attempt(message, check, call, tries);
            }
            quota.flows();
            lastFailure = null;
            listener.onMessageSent(account.mailbox(), Duration.ofNanos(System.nanoTime() - started));
            return null;
        });
    }

    /** Tries once; what is given back has been refused or was never begun, or its outcome is not known. */
    private Optional<DeliveryFailure> attempt(OutgoingMessage message, SenderCheck check, Call call, Tries tries)
            throws MessagingException {
        quota.awaitMessage(call.turn());
        requireSpoken(opened(tries), message);
        return outbound.deliver(message, check, call);
    }

    /**
     * How the server introduces itself; logs in if need be. Also a connection that was used a moment ago is asked whether it
     * lives: this is what a server's "test connection" comes to, and it must not praise one that is dead.
     */
    String introduction() throws MessagingException {
        return alone(quota.patience(), (call, tries) -> {
            if (!outbound.alive()) {
                outbound.retire();
            }
            return opened(tries).introduction(call);
        });
    }

    /** Whether the server is still there; so far as there is no connection, nothing speaks against it. */
    boolean alive() {
        sending.lock();
        try {
            return outbound.alive();
        } finally {
            sending.unlock();
        }
    }

    private void makeRoom() {
        if (sending.tryLock()) {
            try {
                if (outbound.connected()
                        && (quota.wanted(guest) || outbound.idle().compareTo(AT_REST) > 0)) {
                    outbound.retire();
                }
            } finally {
                sending.unlock();
            }
        }
    }

    void ending() {
        outbound.ending();
    }

    /**
     * Closes it; a message that is on its way arrives first.
     *
     * @param deadline until when it may, and the server say goodbye
     */
    void close(Deadline deadline) {
        outbound.ending();
        boolean connected = outbound.connected();
        boolean alone = connected && alone(deadline);
        try {
            if (connected && !alone) {
                outbound.cut(); // Whoever sends there holds Angus Mail's lock, and perhaps hangs.
            }
            outbound.close(deadline);
        } finally {
            if (alone) {
                sending.unlock();
            }
        }
    }

    /** Waits for the message that is on its way; whether nobody sends now, nor until the lock is given back. */
    private boolean alone(Deadline deadline) {
        try {
            return sending.tryLock(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

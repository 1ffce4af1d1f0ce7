package org.outlookmail.connector.transaction;

import jakarta.mail.MessagingException;
import jakarta.resource.spi.LocalTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.management.ConnectorListener;

/**
 * Messages that wait for the end of a transaction (Jakarta Connectors 2.1, section 7.7). Each is kept as it was when it was
 * handed over; they leave in that order when the transaction commits, and never when it rolls back.
 *
 * <p>If one cannot be sent at the commit, the commit fails: the first failure of a transaction leaves nothing behind, a later
 * one is told together with those that have left.
 *
 * <p>Thread rule: one thread at a time, as the connection it belongs to; but {@link #abandon} may come from any, because a
 * server that restarts the adapter destroys connections in use. A commit that comes after that fails.
 */
public final class OutgoingTransaction implements LocalTransaction {

    /** Sends one message over the connection of its sender. */
    @FunctionalInterface
    public interface Sending {
        void send(String sender, OutgoingMessage message) throws MessagingException;
    }

    private record Waiting(String sender, OutgoingMessage message) {}

    private final String mailbox;
    private final boolean transactional;
    private final Sending sending;
    private final ConnectorListener listener;

    // Guarded by this.
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean active;
    private boolean demarcated;
    private Diagnosis abandoned;

    /**
     * @param transactional whether messages wait at all; if not, the server's calls have no effect
     * @param listener is told of messages that are dropped; not null
     */
    public OutgoingTransaction(String mailbox, boolean transactional, Sending sending, ConnectorListener listener) {
        this.listener = listener;
        this.mailbox = mailbox;
        this.transactional = transactional;
        this.sending = sending;
    }

    public synchronized boolean active() {
        return active;
    }

    /** Whether messages would be lost with the connection. */
    public synchronized boolean holdsMessages() {
        return !waiting.isEmpty();
    }

    /**
     * The server begins one.
     *
     * @throws DiagnosedResourceException if messages wait for the end of another, which they would be dropped without
     */
    @Override
    public synchronized void begin() throws DiagnosedResourceException {
        if (holdsMessages()) {
            throw disorder("cannot begin: " + waiting.size() + " message(s) wait for the end of another one.");
        }
        end();
        active = transactional;
    }

    /**
     * The application begins one.
     *
     * @throws DiagnosedResourceException if there is one already, of its own or of the server's
     */
    synchronized void beginDemarcated() throws DiagnosedResourceException {
        if (active) {
            throw disorder(
                    "cannot begin: " + (demarcated ? "the application's own" : "the server's") + " is under way.");
        }
        begin();
        demarcated = true;
    }

    /**
     * The application may end what it has begun, and nothing else.
     *
     * @param how what is to be done to it
     */
    synchronized void requireDemarcated(String how) throws DiagnosedResourceException {
        boolean dropped = abandoned != null; // That is what its end tells.
        if (!demarcated && !dropped) {
            throw disorder("cannot be " + how + ": the application has begun none"
                    + (active ? ", and the server's is under way." : "."));
        }
    }

    private DiagnosedResourceException disorder(String what) {
        return new DiagnosedResourceException(
                Diagnosis.of(
                        DiagnosisCode.TRANSACTION_ORDER,
                        "A transaction of " + mailbox + " " + what,
                        Map.of("mailbox", mailbox)),
                null);
    }

    /** Keeps a message for the commit. */
    public synchronized void add(String sender, OutgoingMessage message) {
        waiting.add(new Waiting(sender, message));
    }

    @Override
    public void commit() throws DiagnosedResourceException {
        List<Waiting> messages = taken();
        for (int sent = 0; sent < messages.size(); sent++) {
            Waiting next = messages.get(sent);
            try {
                sending.send(next.sender, next.message);
            } catch (MessagingException | RuntimeException failure) {
                throw new DiagnosedResourceException(failed(messages, sent, failure), failure);
            }
        }
    }

    /**
     * What the commit is to send.
     *
     * @throws DiagnosedResourceException if it was dropped
     */
    private synchronized List<Waiting> taken() throws DiagnosedResourceException {
        List<Waiting> messages = List.copyOf(waiting);
        Diagnosis lost = abandoned;
        end();
        if (lost != null) {
            throw new DiagnosedResourceException(lost, null);
        }
        return messages;
    }

    private Diagnosis failed(List<Waiting> messages, int sent, Exception failure) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", mailbox);
        details.put("sent", ids(messages.subList(0, sent)));
        details.put("failed", messages.get(sent).message.messageId());
        details.put("notTried", ids(messages.subList(sent + 1, messages.size())));
        Optional<Diagnosis> reason = Diagnosis.of(failure);
        details.put(
                "reason", reason.map(Diagnosis::code).map(DiagnosisCode::code).orElse(failure.toString()));
        return Diagnosis.of(
                DiagnosisCode.COMMIT_FAILED,
                "Message " + (sent + 1) + " of " + messages.size() + " of a transaction of " + mailbox
                        + " could not be sent at its commit: "
                        + reason.map(Diagnosis::summary).orElse(failure.toString()),
                details);
    }

    private static String ids(List<Waiting> messages) {
        return messages.isEmpty()
                ? "none"
                : messages.stream().map(next -> next.message.messageId()).collect(Collectors.joining(", "));
    }

    @Override
    public synchronized void rollback() {
        end();
    }

    /** Nobody is expected to commit or roll back any more; what waits is dropped, and that is said. */
    public synchronized void abandon() {
        Diagnosis lost = abandoned;
        if (holdsMessages()) {
            lost = Diagnosis.of(
                    DiagnosisCode.TRANSACTION_ABANDONED,
                    waiting.size() + " message(s) of a transaction of " + mailbox
                            + " were dropped: its end has not come.",
                    Map.of("mailbox", mailbox, "dropped", ids(waiting)));
            listener.onWarning(lost, false);
        }
        end();
        abandoned = lost;
    }

    private void end() {
        waiting.clear();
        active = false;
        demarcated = false;
        abandoned = null;
    }
}

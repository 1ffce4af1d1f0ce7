package org.outlookmail.connector;

import jakarta.mail.MessagingException;
import jakarta.resource.spi.IllegalStateException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.OutgoingMessage;
import org.outlookmail.mail.SenderCheck;
import org.outlookmail.mail.quota.QuotaLimits;

/**
 * The connections of one pooled connection: its own mailbox', and those of the senders that it has lately sent for. The
 * server's pool counts all of them as one, so that an application that sends as many needs no more than one at a time, and one
 * transaction spans them.
 *
 * <p>Thread rule: one thread at a time. The pooled connection closes it, from any thread.
 */
final class SenderConnections implements AutoCloseable {

    /** A logged-in connection each; whoever sends for more senders in turn logs in again. */
    private static final int MOST = 8;

    private final MailAccount account;
    private final QuotaLimits limits;
    private final MailResourceAdapter adapter;
    private final MailConnection own;

    private boolean closed;

    /** By address in lower case, the least recently used first. */
    private final Map<String, MailConnection> others = new LinkedHashMap<>(MOST, 0.75f, true);

    SenderConnections(MailAccount account, QuotaLimits limits, MailResourceAdapter adapter)
            throws IllegalStateException {
        this.account = account;
        this.limits = limits;
        this.adapter = adapter;
        this.own = adapter.connection(account, limits);
    }

    MailConnection own() {
        return own;
    }

    /**
     * The connection to send over for that mailbox.
     *
     * @throws MessagingException diagnosed, if it is not the own one and these have been closed
     */
    synchronized MailConnection of(String sender) throws MessagingException {
        if (sender.equalsIgnoreCase(account.mailbox())) {
            return own;
        }
        String name = sender.toLowerCase(Locale.ROOT);
        MailConnection known = others.get(name);
        if (known == null) {
            makeRoom();
            known = opened(sender);
            others.put(name, known);
        }
        return known;
    }

    private MailConnection opened(String sender) throws DiagnosedMessagingException {
        if (closed) {
            throw takenBack(sender, null);
        }
        try {
            return adapter.connection(account.as(sender), limits);
        } catch (IllegalStateException stopped) {
            throw takenBack(sender, stopped);
        }
    }

    private static DiagnosedMessagingException takenBack(String sender, IllegalStateException cause) {
        return new DiagnosedMessagingException(
                Diagnosis.of(
                        DiagnosisCode.SESSION_TAKEN_BACK,
                        "The server has closed the connection before " + sender + " could send.",
                        Map.of("mailbox", sender)),
                cause);
    }

    private void makeRoom() {
        Iterator<MailConnection> oldest = others.values().iterator();
        while (others.size() >= MOST && oldest.hasNext()) {
            oldest.next().close();
            oldest.remove();
        }
    }

    /** Sends a message that was checked when it was kept for the end of a transaction. */
    void send(String sender, OutgoingMessage message) throws MessagingException {
        of(sender).send(message, SenderCheck.ANYBODY);
    }

    synchronized boolean valid() {
        return own.valid() && others.values().stream().allMatch(MailConnection::valid);
    }

    /** From now on nobody logs in any more; {@link #close} must follow. */
    synchronized void ending() {
        closed = true;
        own.ending();
        others.values().forEach(MailConnection::ending);
    }

    @Override
    public void close() {
        close(Deadline.in(MailConnection.LAST_MESSAGE));
    }

    /**
     * Closes all of them.
     *
     * @param deadline until when messages that are on their way may arrive, and servers say goodbye
     */
    synchronized void close(Deadline deadline) {
        ending(); // Of all first, so that what is left for one is left for the next.
        own.close(deadline);
        others.values().forEach(connection -> connection.close(deadline));
    }
}

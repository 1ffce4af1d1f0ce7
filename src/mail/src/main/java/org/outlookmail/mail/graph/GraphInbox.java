package org.outlookmail.mail.graph;

import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.ReadOnlyFolderException;
import java.util.List;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.Inbox;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.WireStore;
import org.outlookmail.mail.wire.WriteTimeouts;

/**
 * Microsoft Graph as a way in.
 *
 * <p>Thread rule: as {@link Inbox}.
 */
final class GraphInbox implements Inbox {

    private static final System.Logger LOG = System.getLogger(GraphInbox.class.getName());

    private final MailAccount account;
    private final GraphClient client;
    private volatile GraphStore store;

    GraphInbox(MailAccount account, Surroundings surroundings, WriteTimeouts writeTimeouts) {
        this.account = account;
        this.client = new GraphClient(account, account.in(), surroundings, writeTimeouts);
    }

    @Override
    public WireStore open(Call call) throws MessagingException {
        client.open(call);
        GraphStore present = store;
        if (present == null) {
            present = loggedIn(call);
            store = present;
        }
        return present;
    }

    /** A mailbox with an inbox that may be read: what a login says elsewhere. */
    private GraphStore loggedIn(Call call) throws MessagingException {
        GraphStore fresh = new GraphStore(account, client);
        try {
            fresh.tree().find(FolderTree.INBOX);
            return fresh;
        } catch (RefusedException | UnansweredException failure) {
            client.requireOpen();
            throw new DiagnosedMessagingException(
                    client.diagnosis()
                            .of(
                                    "The mailbox " + account.mailbox() + " could not be opened at " + client.server()
                                            + ".",
                                    null,
                                    call.facts(),
                                    failure),
                    failure);
        }
    }

    @Override
    public void rest() {
        // Each request has its own time.
    }

    @Override
    public boolean connected() {
        return store != null;
    }

    /** A connection that has ended costs nothing but another one. */
    @Override
    public boolean standing() {
        return true;
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public Diagnosis diagnosis(String summary, String folder, long startedNanos, Exception failure) {
        Exception told = answered(failure) == null ? failure : answered(failure);
        if (failure instanceof FolderNotFoundException) {
            return account.diagnosis(
                    DiagnosisCode.FOLDER_FAILURE,
                    summary,
                    client.diagnosis().details(folder, Call.facts(startedNanos)));
        }
        return client.diagnosis().of(summary, folder, Call.facts(startedNanos), told);
    }

    /** What Graph has answered, or the network instead; null if neither is to blame. */
    private static Exception answered(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof RefusedException || next instanceof UnansweredException) {
                return (Exception) next;
            }
        }
        return null;
    }

    @Override
    public boolean refused(Exception failure) {
        return answered(failure) instanceof RefusedException
                || failure instanceof FolderNotFoundException
                || failure instanceof ReadOnlyFolderException
                || failure instanceof MessageRemovedException
                || failure instanceof MethodNotSupportedException;
    }

    @Override
    public void doubt() {
        // The next request finds out.
    }

    /** Folders stay open: nothing of them hangs on the connection. */
    @Override
    public void drop() {
        client.drop();
    }

    @Override
    public void requireOpen() throws DiagnosedMessagingException {
        client.requireOpen();
    }

    @Override
    public List<String> release() {
        GraphStore present = store;
        if (present == null) {
            return List.of();
        }
        try {
            return present.book().closeAll();
        } catch (MessagingException | RuntimeException unsettled) {
            LOG.log(System.Logger.Level.DEBUG, "a folder that was left open could not be settled", unsettled);
            return List.of();
        }
    }

    @Override
    public void retire() {
        client.drop();
    }

    @Override
    public void ending() {
        client.ending();
    }

    @Override
    public void close(Deadline deadline) {
        client.ending();
        client.cut();
        release();
        GraphStore present = store;
        if (present != null) {
            present.ended();
        }
        client.drop();
    }
}

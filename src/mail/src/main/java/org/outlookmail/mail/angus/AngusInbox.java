package org.outlookmail.mail.angus;

import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import java.util.List;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.Inbox;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.StoreAudience;
import org.outlookmail.mail.Surroundings;
import org.outlookmail.mail.WireStore;
import org.outlookmail.mail.wire.WriteTimeouts;

/**
 * IMAP (RFC 3501) and POP3 (RFC 1939) by Angus Mail.
 *
 * <p>Thread rule: as {@link Inbox}.
 */
final class AngusInbox implements Inbox {

    private final MailAccount account;
    private final ServerLogin<StoreClient> login;

    AngusInbox(MailAccount account, Surroundings surroundings, WriteTimeouts writeTimeouts, StoreAudience audience) {
        this.account = account;
        this.login = new ServerLogin<>(
                account, account.in(), surroundings, writeTimeouts, StoreClient.factory(account, audience));
    }

    @Override
    public WireStore open(Call call) throws MessagingException {
        return login.client(call);
    }

    @Override
    public void rest() {
        login.rest();
    }

    @Override
    public boolean connected() {
        return login.present() != null;
    }

    @Override
    public boolean standing() {
        return login.standing();
    }

    @Override
    public boolean alive() {
        return login.alive();
    }

    @Override
    public Diagnosis diagnosis(String summary, String folder, long startedNanos, Exception failure) {
        return FailureClassifier.reading(account, login.proof(), summary, folder, startedNanos, failure);
    }

    /** RFC 3501, section 7.1.2. */
    @Override
    public boolean refused(Exception failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof FolderNotFoundException
                    || next instanceof ReadOnlyFolderException
                    || next instanceof CommandFailedException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void doubt() {
        login.doubt();
    }

    @Override
    public void drop() {
        login.drop();
    }

    @Override
    public void requireOpen() throws DiagnosedMessagingException {
        login.requireOpen();
    }

    @Override
    public List<String> release() {
        StoreClient present = login.present();
        if (present == null) {
            return List.of();
        }
        login.hurry();
        try {
            return present.closeFolders();
        } catch (MessagingException folderBroken) {
            login.doubt();
            return List.of();
        } catch (RuntimeException broken) {
            login.drop();
            return List.of();
        } finally {
            login.rest();
        }
    }

    @Override
    public void retire() {
        login.retire();
    }

    @Override
    public void ending() {
        login.ending();
    }

    @Override
    public void close(Deadline deadline) {
        if (login.closing(deadline)) {
            login.cut(); // Who reads there would otherwise be waited for, and with it the server.
        }
        release();
        login.close(deadline);
    }
}

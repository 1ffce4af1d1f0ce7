package org.outlookmail.mail;

import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.DiagnosisCode.Retry;

/**
 * The half of a {@link MailConnection} that reads: one login that all folders of a borrower share.
 *
 * <p>Thread rule: one thread at a time, but it may be closed from any.
 */
final class Reader {

    private final MailAccount account;
    private final Quota quota;
    private final ServerLogin<StoreClient> login;
    private final FolderFailures failures;
    private final StoreAudience audience = new StoreAudience();

    Reader(MailAccount account, Surroundings surroundings) {
        this.account = account;
        this.quota = surroundings.quota();
        Proof proof = Proof.of(account, account.in(), surroundings.tokens());
        this.failures = new FolderFailures(account, proof);
        this.login =
                new ServerLogin<>(account, account.in(), proof, surroundings, StoreClient.factory(account, audience));
    }

    /**
     * Does something with a login that reads; once more over another one, if it may be repeated and the connection has
     * ended.
     *
     * @throws MessagingException diagnosed
     */
    <T> T read(StoreCall<T> work) throws MessagingException {
        Call call = new Call(quota.patience(), account.route().timeouts());
        try {
            return read(work, call);
        } finally {
            login.rest();
        }
    }

    private <T> T read(StoreCall<T> work, Call call) throws MessagingException {
        Tries tries = new Tries(quota, call);
        while (true) {
            boolean fresh = login.present() == null;
            long started = System.nanoTime();
            StoreClient client = tries.opened(login::client);
            if (!work.repeatable()) {
                // What takes its time, such as a message to append, would be done and told as a failure.
                login.rest();
            }
            audience.found();
            try {
                T result = work.on(client);
                quota.flows();
                return result;
            } catch (MessagingException | IllegalStateException failure) {
                MessagingException diagnosed = assessed(work, client, started, failure);
                Diagnosis diagnosis = Diagnosis.of(diagnosed).orElseThrow();
                boolean stale =
                        work.repeatable() && !fresh && diagnosis.code().retry() == Retry.OVER_ANOTHER_CONNECTION;
                if (!tries.again(diagnosis, ServerReply.suggestedPause(diagnosis), stale)) {
                    throw FailureClassifier.ofWholeCall(call, diagnosed);
                }
            }
        }
    }

    /** Says what a failure means, and gives up the login if it is to blame. */
    private MessagingException assessed(StoreCall<?> call, StoreClient client, long startedNanos, Exception failure)
            throws MessagingException {
        login.requireOpen();
        if (failure instanceof IllegalStateException misused && client.open()) {
            throw misused;
        }
        MessagingException diagnosed = call.diagnosed(startedNanos, failure);
        boolean gone = Diagnosis.of(diagnosed)
                .map(Diagnosis::code)
                .filter(code -> code.fault() == Fault.CONNECTION)
                .isPresent();
        if (gone || (call.opensFolder() && !refused(failure))) {
            login.drop();
        } else if (!refused(failure)) {
            login.doubt();
        }
        return diagnosed;
    }

    /** A folder's own connection has failed: the login beneath may have ended with it. */
    void doubt(Exception failure) {
        if (!refused(failure)) {
            login.doubt();
        }
    }

    FolderFailures failures() {
        return failures;
    }

    /** Tells that store from now on what happens to the login, until the connection is released. */
    void joinedBy(MailboxStore store) {
        audience.join(store);
    }

    /** Which mailbox at which server it reads. */
    Object place() {
        return List.of(account.mailbox().toLowerCase(Locale.ROOT), account.in().server());
    }

    /** Whether the next use needs no other login than the last one; asks the server as that would. */
    boolean standing() {
        return login.standing();
    }

    /** Whether the server is still there; so far as nobody is logged in, nothing speaks against it. */
    boolean alive() {
        return login.alive();
    }

    /** Ends the login; the next use logs in anew. */
    void end() {
        release();
        login.retire();
    }

    /** Whether the server said NO to this folder and nothing more (RFC 3501, section 7.1.2). */
    private static boolean refused(Exception failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof FolderNotFoundException
                    || next instanceof ReadOnlyFolderException
                    || next instanceof CommandFailedException) {
                return true;
            }
        }
        return false;
    }

    void logIn() throws MessagingException {
        Call call = new Call(quota.patience(), account.route().timeouts());
        try {
            new Tries(quota, call).opened(login::client);
        } finally {
            login.rest();
        }
    }

    /**
     * Makes ready for the next borrower: closes the folders that the last one left open.
     *
     * @return their names
     */
    List<String> release() {
        audience.leave();
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

    void ending() {
        login.ending();
    }

    /** Closes it, at once if another thread waits for the server. */
    void close(Deadline deadline) {
        if (login.closing(deadline)) {
            login.cut(); // Who reads there would otherwise be waited for, and with it the server.
        }
        release();
        login.close(deadline);
    }
}

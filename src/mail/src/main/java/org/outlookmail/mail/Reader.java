package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.DiagnosisCode.Retry;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.token.TokenSource;

/**
 * The half of a {@link MailConnection} that reads: one login that all folders of a borrower share.
 *
 * <p>Thread rule: one thread at a time, but it may be closed from any.
 */
final class Reader {

    private final MailAccount account;
    private final Quota quota;
    private final Inbox inbox;
    private final FolderFailures failures;
    private final StoreAudience audience = new StoreAudience();

    Reader(
            MailAccount account,
            Inbox.Factory factory,
            TokenSource tokens,
            Clock clock,
            Quota quota,
            ConnectorListener listener) {
        this.account = account;
        this.quota = quota;
        this.inbox = factory.create(
                account, new Surroundings(tokens, clock, quota, this::keepsItsLogin, listener), audience);
        this.failures = new FolderFailures(account, inbox);
    }

    /** Folders may be open: nothing is given up for others who wait. */
    private void keepsItsLogin() {
        // It goes with the connection.
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
            inbox.rest();
        }
    }

    private <T> T read(StoreCall<T> work, Call call) throws MessagingException {
        Tries tries = new Tries(quota, call);
        while (true) {
            boolean fresh = !inbox.connected();
            long started = System.nanoTime();
            WireStore store = tries.opened(inbox::open);
            if (!work.repeatable()) {
                // What takes its time, such as a message to append, would be done and told as a failure.
                inbox.rest();
            }
            audience.found();
            try {
                T result = work.on(store);
                quota.flows();
                return result;
            } catch (MessagingException | IllegalStateException failure) {
                MessagingException diagnosed = assessed(work, store, started, failure);
                Diagnosis diagnosis = Diagnosis.of(diagnosed).orElseThrow();
                boolean stale =
                        work.repeatable() && !fresh && diagnosis.code().retry() == Retry.OVER_ANOTHER_CONNECTION;
                if (!tries.again(diagnosis, stale)) {
                    throw call.told(diagnosed);
                }
            }
        }
    }

    /** Says what a failure means, and gives up the login if it is to blame. */
    private MessagingException assessed(StoreCall<?> call, WireStore store, long startedNanos, Exception failure)
            throws MessagingException {
        inbox.requireOpen();
        if (failure instanceof IllegalStateException misused && store.open()) {
            throw misused;
        }
        MessagingException diagnosed = call.diagnosed(startedNanos, failure);
        boolean gone = Diagnosis.of(diagnosed)
                .map(Diagnosis::code)
                .filter(code -> code.fault() == Fault.CONNECTION)
                .isPresent();
        if (gone || (call.opensFolder() && !inbox.refused(failure))) {
            inbox.drop();
        } else if (!inbox.refused(failure)) {
            inbox.doubt();
        }
        return diagnosed;
    }

    /** A folder's own connection has failed: the login beneath may have ended with it. */
    void doubt(Exception failure) {
        if (!inbox.refused(failure)) {
            inbox.doubt();
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
        return inbox.standing();
    }

    /** Whether the server is still there; so far as nobody is logged in, nothing speaks against it. */
    boolean alive() {
        return inbox.alive();
    }

    /** Ends the login; the next use logs in anew. */
    void end() {
        release();
        inbox.retire();
    }

    void logIn() throws MessagingException {
        Call call = new Call(quota.patience(), account.route().timeouts());
        try {
            new Tries(quota, call).opened(inbox::open);
        } finally {
            inbox.rest();
        }
    }

    /**
     * Makes ready for the next borrower: closes the folders that the last one left open.
     *
     * @return their names
     */
    List<String> release() {
        audience.leave();
        return inbox.release();
    }

    void ending() {
        inbox.ending();
    }

    void close(Deadline deadline) {
        audience.leave();
        inbox.close(deadline);
    }
}

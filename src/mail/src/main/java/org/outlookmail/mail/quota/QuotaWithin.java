package org.outlookmail.mail.quota;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import org.outlookmail.mail.Deadline;
import org.outlookmail.mail.Quota;

/**
 * The quota of a mailbox within that of its whole application: who wants in needs both, and gives both back.
 *
 * <p>Thread rule: free for any thread.
 */
final class QuotaWithin implements Quota {

    private final Quota mailbox;
    private final Quota application;

    QuotaWithin(Quota mailbox, Quota application) {
        this.mailbox = mailbox;
        this.application = application;
    }

    @Override
    public Duration patience() {
        return mailbox.patience();
    }

    @Override
    public int messagesPerConnection() {
        return mailbox.messagesPerConnection();
    }

    /** The mailbox's first, so that one that is busy does not keep others from what is left to all. */
    @Override
    public void enter(Guest guest, Deadline deadline) throws MessagingException {
        mailbox.enter(guest, deadline);
        boolean in = false;
        try {
            application.enter(guest, deadline);
            in = true;
        } finally {
            if (!in) {
                mailbox.leave(guest);
            }
        }
    }

    @Override
    public void leave(Guest guest) {
        application.leave(guest);
        mailbox.leave(guest);
    }

    @Override
    public boolean wanted(Guest guest) {
        return mailbox.wanted(guest);
    }

    @Override
    public void awaitEndOfPause(Deadline deadline) throws MessagingException {
        mailbox.awaitEndOfPause(deadline);
    }

    @Override
    public void awaitMessage(Deadline deadline) throws MessagingException {
        mailbox.awaitMessage(deadline);
    }

    @Override
    public boolean throttled(Optional<Duration> retryAfter, Deadline deadline) {
        return mailbox.throttled(retryAfter, deadline);
    }

    @Override
    public boolean unavailable(Deadline deadline) throws MessagingException {
        return mailbox.unavailable(deadline);
    }

    @Override
    public void flows() {
        mailbox.flows();
    }
}

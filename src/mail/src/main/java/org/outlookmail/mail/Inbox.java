package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.util.List;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;

/**
 * A way in to the messages of one mailbox, whatever the wire: it speaks one protocol to one server, logs in when it has to,
 * and says what the failures of its folders mean. Nothing above it knows a reply; whether something is tried again is not its
 * decision.
 *
 * <p>Thread rule: one thread at a time, but {@link #doubt}, {@link #ending} and {@link #close} may come from any. Whoever
 * created it closes it, exactly once.
 */
public interface Inbox {

    /** Makes the ways in to an account. */
    @FunctionalInterface
    interface Factory {

        /**
         * One that is not connected yet; nothing goes over the network.
         *
         * @param account whose messages, and where they are; not null
         * @param surroundings what it needs beside that; not null
         * @param audience hears what the server says, and that it has hung up; not null
         */
        Inbox create(MailAccount account, Surroundings surroundings, StoreAudience audience);
    }

    /**
     * The mailbox, logged in, if it is not. Until {@link #rest} the server's answers are awaited no longer than the call
     * allows.
     *
     * @return the same as long as its login is
     * @throws MessagingException diagnosed
     */
    WireStore open(Call call) throws MessagingException;

    /** The call that opened it is over, or does what takes its time. */
    void rest();

    /** Whether there is a login, which the server may count. */
    boolean connected();

    /**
     * Whether the next use needs no other login than that of the last one; asks the server if it has rested, as the next use
     * would.
     */
    boolean standing();

    /** Asks the server whether it is still there; true also if there is no login, since the next use makes one. */
    boolean alive();

    /**
     * What a failure of its store, of a folder or of a message means.
     *
     * @param summary what it was to do; not null
     * @param folder the full name, or null
     * @param startedNanos when it began, of {@code System.nanoTime}
     * @param failure as the wire tells it; not null
     */
    Diagnosis diagnosis(String summary, String folder, long startedNanos, Exception failure);

    /** Whether that is the server's no to what it was asked, and its login can do other things. */
    boolean refused(Exception failure);

    /** Something failed that need not be its login's fault: the next use asks the server whether it is there. */
    void doubt();

    /** Gives up the login without asking the server; the next use makes another one. */
    void drop();

    /** Throws, diagnosed, if it has been closed, or is about to be. */
    void requireOpen() throws DiagnosedMessagingException;

    /**
     * Makes ready for the next user: closes the folders that the last one left open, without expunging. What fails there ends
     * the login, or makes it {@linkplain #doubt doubtful}.
     *
     * @return their full names
     */
    List<String> release();

    /** Ends the login in an orderly way; the next use makes another one. */
    void retire();

    /** From now on nobody logs in any more; {@link #close} must follow. */
    void ending();

    /**
     * Closes it for good, at once if another thread waits for the server.
     *
     * @param deadline until when the server may say goodbye
     */
    void close(Deadline deadline);
}

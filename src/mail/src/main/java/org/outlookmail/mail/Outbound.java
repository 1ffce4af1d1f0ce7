package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import org.outlookmail.mail.message.OutgoingMessage;
import org.outlookmail.mail.message.SenderCheck;

/**
 * A way out for the messages of one mailbox, whatever the wire: it speaks one protocol to one server, logs in when it has to,
 * and translates what the server says. Nothing above it knows a reply code; whether and when a message is tried again is not
 * its decision, see {@link DeliveryFailure}.
 *
 * <p>Thread rule: one thread at a time, but {@link #ending}, {@link #cut} and {@link #close} may come from any. Whoever created
 * it closes it, exactly once.
 */
public interface Outbound {

    /** Makes the ways out of an account. */
    @FunctionalInterface
    interface Factory {

        /**
         * One that is not connected yet; nothing goes over the network.
         *
         * @param account whose messages, and where they go; not null
         * @param surroundings what it needs beside that; not null
         */
        Outbound create(MailAccount account, Surroundings surroundings);
    }

    /**
     * Makes ready to deliver: connected and logged in, if it is not. Until {@link #rest} the server's answers are awaited no
     * longer than the call allows.
     *
     * @throws MessagingException diagnosed; nothing has been handed over
     */
    void open(Call call) throws MessagingException;

    /** Whether the server takes addresses and header fields beyond ASCII (RFC 6531); asked when it is open. */
    boolean takesInternational();

    /**
     * Hands one message over, to all its recipients or to none.
     *
     * @param check asked of the header as it leaves; what it forbids leaves in no part
     * @param call until when all but the content and the answer to it must be over
     * @return empty if the server has accepted it
     * @throws MessagingException diagnosed: the message is not one to send, or this has been closed; nothing was handed over
     */
    Optional<DeliveryFailure> deliver(OutgoingMessage message, SenderCheck check, Call call) throws MessagingException;

    /**
     * How the server introduces itself, as proof that it would take a message. Asked when it is open.
     *
     * @return never null
     * @throws MessagingException diagnosed: it would not
     */
    String introduction(Call call) throws MessagingException;

    /** Whether there is a connection that the server counts. */
    boolean connected();

    /** For how long that has not been used; at least zero. */
    Duration idle();

    /** Asks the server whether it is still there; true also if there is no connection, since the next use makes one. */
    boolean alive();

    /** The call that opened it is over. */
    void rest();

    /** Ends the connection in an orderly way; the next use makes another one. */
    void retire();

    /** From now on nobody connects any more; {@link #close} must follow. */
    void ending();

    /** Ends whatever is under way, from another thread. */
    void cut();

    /**
     * Closes it for good.
     *
     * @param deadline until when the server may say goodbye
     */
    void close(Deadline deadline);
}

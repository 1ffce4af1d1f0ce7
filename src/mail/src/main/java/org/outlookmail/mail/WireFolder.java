package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;

/**
 * Angus Mail's folder of one login, beneath the {@link MailboxFolder} that an application has. What happens to it, it tells
 * that one, whose listeners the application's are.
 */
public interface WireFolder {

    /** Belongs to that folder from now on, without keeping it: a connection keeps nothing that its applications forgot. */
    void beneath(MailboxFolder folder);

    /** The application's; null if there is none, or no more. */
    MailboxFolder owner();

    /** Whether it is open as far as it knows; asks nobody. */
    boolean opened();

    /** In which mode it was opened; asks nobody. */
    int openedMode();

    /** Closes it, without expunging, because its connection is no longer the application's. */
    void takeBack() throws MessagingException;

    /** From now on it looks up the messages that come or go, since somebody wants to hear of them. */
    default void tellOfMessages() {
        // It has nothing to look up.
    }

    /**
     * Moves messages of its own.
     *
     * @param messages at least one
     * @param target perhaps of another mailbox, or none of ours
     * @throws MethodNotSupportedException if it cannot move them there
     */
    void move(Message[] messages, Folder target) throws MessagingException;

    /** Whether that is why it is closed. */
    boolean takenBack();
}

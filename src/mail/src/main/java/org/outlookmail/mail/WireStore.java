package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;

/**
 * The store of one login of an {@link Inbox}, beneath the {@link MailboxStore}s of applications. Its folders are {@link
 * WireFolder}s; what happens to it, it tells its {@link StoreAudience}.
 *
 * <p>Thread rule: one thread at a time.
 */
public interface WireStore {

    /** The same as Jakarta Mail knows it. */
    Store store();

    /**
     * As {@code Store} has it.
     *
     * @throws MessagingException as the wire tells it, not diagnosed
     */
    Folder getFolder(String name) throws MessagingException;

    /** Whether its login stands as far as it knows; asks nobody. */
    boolean open();
}

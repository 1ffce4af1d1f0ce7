package org.outlookmail.mail;

import jakarta.mail.Folder;

/**
 * Where a {@link MailboxFolder} was found last. Immutable.
 *
 * @param connection whose login it is
 * @param store the login
 * @param folder Angus Mail's own
 */
record Beneath(MailConnection connection, WireStore store, Folder folder) {

    /** Whether it is open as far as it knows; asks nobody. */
    boolean opened() {
        return folder instanceof WireFolder wire && wire.opened();
    }

    boolean takenBack() {
        return folder instanceof WireFolder wire && wire.takenBack();
    }
}

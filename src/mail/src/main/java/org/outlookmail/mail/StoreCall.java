package org.outlookmail.mail;

import jakarta.mail.MessagingException;

/** Something that is done with a login that reads. */
interface StoreCall<T> {

    T on(WireStore store) throws MessagingException;

    /** Whether it may be done a second time if the connection ended during the first. */
    boolean repeatable();

    /** Whether it opens a folder: the login that cannot do that is of no more use. */
    default boolean opensFolder() {
        return false;
    }

    /** Says what a failure means. */
    MessagingException diagnosed(long startedNanos, Exception failure);
}

package org.outlookmail.sandbox.control;

/** A mailbox was named that does not exist. */
public final class NoSuchMailboxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Names the address. */
    public NoSuchMailboxException(String address) {
        super("There is no mailbox " + address);
    }
}

package org.outlookmail.sandbox.access;

/** A password was sent for a mailbox that takes none; SMTP has an answer of its own for that. */
public final class BasicOffException extends LoginRefusedException {
    private static final long serialVersionUID = 1L;

    BasicOffException(String why) {
        super(why, null);
    }
}

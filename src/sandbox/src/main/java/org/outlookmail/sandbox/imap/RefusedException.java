package org.outlookmail.sandbox.imap;

/** A command that is understood and not done: NO. Its text is what the client is told. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
        super(why);
    }
}

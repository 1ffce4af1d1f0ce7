package org.outlookmail.sandbox.imap;

/** What a client sent is no command. Its text says why. */
final class BadCommandException extends Exception {
    private static final long serialVersionUID = 1L;

    BadCommandException(String why) {
        super(why);
    }
}

package org.outlookmail.sandbox.access;

/** A login that failed; the message says why, for the log and {@code GET /state}, while the client is told as little as Exchange tells. */
public sealed class LoginRefusedException extends Exception permits BasicOffException {
    private static final long serialVersionUID = 1L;

    LoginRefusedException(String why, Throwable cause) {
        super(why, cause);
    }
}

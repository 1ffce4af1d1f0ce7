package org.outlookmail.sandbox.access;

/** A login that failed; the message says why, for the log and {@code GET /state}, while the client is told as little as Exchange tells. */
public final class LoginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    LoginRefusedException(String why, Throwable cause) {
        super(why, cause);
    }
}

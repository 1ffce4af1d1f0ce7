package org.outlookmail.sandbox.entra;

/** A token request that Entra would not grant. */
final class EntraRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient EntraError error;

    EntraRefusedException(EntraError error) {
        super("AADSTS" + error.code());
        this.error = error;
    }

    EntraError error() {
        return error;
    }
}

package org.outlookmail.mail.angus;

import jakarta.mail.AuthenticationFailedException;

/** The server does not offer the way to log in that is configured; nothing secret was shown to it. */
final class MechanismMissingException extends AuthenticationFailedException {

    private static final long serialVersionUID = 1L;

    /** What Angus Mail's SMTP and POP3 clients say; they have no type for it. */
    private static final String ANGUS = "No authentication mechanisms supported by both server and client";

    private final String offered;

    /**
     * @param offered what it offers instead, in its own words; null or empty if that is nothing
     */
    MechanismMissingException(String offered) {
        super(ANGUS);
        this.offered = offered == null || offered.isBlank() ? "no login" : offered.strip();
    }

    /** Whether that is what Angus Mail means. */
    static boolean isMeantBy(AuthenticationFailedException failure) {
        return ANGUS.equals(failure.getMessage());
    }

    String offered() {
        return offered;
    }
}

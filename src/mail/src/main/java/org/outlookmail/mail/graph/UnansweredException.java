package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;

/** Graph has not answered, or not in HTTP. */
final class UnansweredException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final boolean heard;
    private final boolean rested;

    /**
     * @param heard whether Graph may have got the whole request
     * @param rested whether its connection had been used before, and had time to die
     */
    UnansweredException(GraphRequest request, boolean heard, boolean rested, Exception cause) {
        super(request + " was not answered: " + cause.getMessage(), cause);
        this.heard = heard;
        this.rested = rested;
    }

    /** Whether Graph may have got the whole request, and done what it asks. */
    boolean heard() {
        return heard;
    }

    /** Whether another connection may make the difference. */
    boolean rested() {
        return rested;
    }
}

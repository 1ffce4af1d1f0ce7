package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;

/** Graph has not answered, or not in HTTP. */
final class UnansweredException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final boolean heard;

    /**
     * @param heard whether Graph may have got the whole request
     */
    UnansweredException(GraphRequest request, boolean heard, Exception cause) {
        super(request + " was not answered: " + cause.getMessage(), cause);
        this.heard = heard;
    }

    /** Whether Graph may have got the whole request, and done what it asks. */
    boolean heard() {
        return heard;
    }
}

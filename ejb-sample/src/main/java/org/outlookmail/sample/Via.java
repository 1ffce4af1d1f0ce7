package org.outlookmail.sample;

import java.util.Optional;

/** By which of the two JNDI names a request reaches the mailbox. */
public enum Via {
    /** {@code mail/office365}, an {@code OutlookMailSessionFactory}: {@link MailService}. */
    FACTORY("factory"),
    /** {@code mail/office365Session}, a {@code jakarta.mail.Session}: {@link PlainMailService}. */
    SESSION("session");

    /** For error messages. */
    static final String EXPECTED = "\"factory\" or \"session\"";

    private final String text;

    Via(String text) {
        this.text = text;
    }

    /** As a request writes it. */
    public String text() {
        return text;
    }

    /**
     * Finds the way that a request names.
     *
     * @param text as the request has it; anything, perhaps null
     */
    static Optional<Via> named(String text) {
        for (Via via : values()) {
            if (via.text.equals(text)) {
                return Optional.of(via);
            }
        }
        return Optional.empty();
    }
}

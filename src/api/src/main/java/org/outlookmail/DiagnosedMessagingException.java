package org.outlookmail;

import jakarta.mail.MessagingException;
import java.util.Objects;

/** A mail operation failed. */
public class DiagnosedMessagingException extends MessagingException implements Diagnosed {

    private static final long serialVersionUID = 1L;

    private final Diagnosis diagnosis;

    /**
     * Wraps a failure with what to tell the user.
     *
     * @param diagnosis what to tell the user; not null
     * @param cause what led here, perhaps null
     */
    public DiagnosedMessagingException(Diagnosis diagnosis, Exception cause) {
        super(diagnosis.toString(), (Exception) OneLine.cause(cause));
        this.diagnosis = Objects.requireNonNull(diagnosis, "diagnosis");
    }

    @Override
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /** Overridden because {@code MessagingException} prints its causes here too, on further lines. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public synchronized String toString() {
        return getClass().getName() + ": " + getMessage();
    }
}

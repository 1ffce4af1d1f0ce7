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

    private DiagnosedMessagingException(String message, Diagnosis diagnosis, Exception cause) {
        super(message, (Exception) OneLine.cause(cause));
        this.diagnosis = diagnosis;
    }

    /**
     * One that becomes the cause of an exception whose message is the whole diagnosis, so that it is printed once.
     *
     * @param diagnosis what that exception says; not null
     * @param cause what led here, perhaps null
     */
    public static DiagnosedMessagingException within(Diagnosis diagnosis, Exception cause) {
        return new DiagnosedMessagingException(diagnosis.brief(), diagnosis, cause);
    }

    @Override
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /** Overridden because {@code MessagingException} prints its causes here too, on further lines. */
    @Override
    @SuppressWarnings({"OverrideThrowableToString", "UnsynchronizedOverridesSynchronized"}) // Nothing here changes.
    public String toString() {
        return getClass().getName() + ": " + getMessage();
    }
}

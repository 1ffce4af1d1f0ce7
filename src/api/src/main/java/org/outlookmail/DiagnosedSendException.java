package org.outlookmail;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import java.util.Objects;

/** The mail server refused a message or a recipient; nothing was sent to anybody. */
public class DiagnosedSendException extends SendFailedException implements Diagnosed {

    private static final long serialVersionUID = 1L;

    private final Diagnosis diagnosis;

    /**
     * Wraps a failure with what to tell the user.
     *
     * @param diagnosis what to tell the user; not null
     * @param cause what led here, perhaps null
     * @param validSent addresses that did receive the message; not null
     * @param validUnsent addresses that the server would have taken; not null
     * @param invalid addresses that the server refused; not null
     */
    public DiagnosedSendException(
            Diagnosis diagnosis, Exception cause, Address[] validSent, Address[] validUnsent, Address[] invalid) {
        super(diagnosis.toString(), (Exception) OneLine.cause(cause), validSent, validUnsent, invalid);
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

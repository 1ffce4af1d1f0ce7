package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * That a message was not delivered, or that nobody knows. Immutable.
 *
 * @param diagnosis what went wrong
 * @param outcome whether the server may have it all the same
 * @param connection what has become of the connection
 * @param afresh whether the same message may go at once, the way out having made itself ready anew: over another connection,
 *     or with another token. Only if the server has certainly not accepted it
 * @param exception what the application is told
 */
public record DeliveryFailure(
        Diagnosis diagnosis, Outcome outcome, Connection connection, boolean afresh, MessagingException exception) {

    /** Whether the server may have accepted the message. */
    public enum Outcome {
        NOT_ACCEPTED,
        UNKNOWN
    }

    /** Whether the connection can carry another message. */
    public enum Connection {
        INTACT,
        BROKEN
    }

    public DeliveryFailure {
        Objects.requireNonNull(diagnosis, "diagnosis");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(exception, "exception");
        if (outcome == Outcome.UNKNOWN && (afresh || diagnosis.code() != DiagnosisCode.OUTCOME_UNKNOWN)) {
            throw new IllegalArgumentException("what may have been accepted is not sent again, and that is said");
        }
    }

    /** How long the server asks to wait; empty if it does not. */
    public Optional<Duration> retryAfter() {
        return diagnosis.retryAfter();
    }
}

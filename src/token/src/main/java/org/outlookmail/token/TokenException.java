package org.outlookmail.token;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.outlookmail.Diagnosed;
import org.outlookmail.Diagnosis;
import org.outlookmail.OneLine;

/** No token could be had. */
public class TokenException extends Exception implements Diagnosed {

    private static final long serialVersionUID = 1L;

    private final Diagnosis diagnosis;
    private final Duration retryAfter;

    /**
     * @param diagnosis what to tell the user; not null
     * @param retryAfter how long the provider asks to wait (RFC 9110, section 10.2.3), or null
     * @param cause what led here, or null
     */
    public TokenException(Diagnosis diagnosis, Duration retryAfter, Throwable cause) {
        super(diagnosis.brief(), OneLine.cause(cause)); // What is told to somebody is the exception around this one.
        this.diagnosis = Objects.requireNonNull(diagnosis, "diagnosis");
        this.retryAfter = retryAfter;
    }

    @Override
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /** How long the provider asks to wait before the next request. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

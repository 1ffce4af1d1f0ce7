package org.outlookmail;

import jakarta.resource.ResourceException;
import java.util.Objects;

/** A connection could not be had. {@link #getErrorCode()} is the diagnosis's code. */
public class DiagnosedResourceException extends ResourceException implements Diagnosed {

    private static final long serialVersionUID = 1L;

    private final Diagnosis diagnosis;

    /**
     * Wraps a failure with what to tell the user.
     *
     * @param diagnosis what to tell the user; not null
     * @param cause what led here, perhaps null
     */
    public DiagnosedResourceException(Diagnosis diagnosis, Throwable cause) {
        super(diagnosis.toString(), OneLine.cause(cause));
        this.diagnosis = Objects.requireNonNull(diagnosis, "diagnosis");
        setErrorCode(diagnosis.code().code());
    }

    @Override
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /** Overridden because {@link ResourceException} prefixes the error code, which the diagnosis names already. */
    @Override
    public String getMessage() {
        return diagnosis.toString();
    }
}

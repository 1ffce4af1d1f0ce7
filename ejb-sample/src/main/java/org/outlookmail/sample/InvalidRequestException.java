package org.outlookmail.sample;

import java.util.List;
import java.util.stream.Collectors;

/** The request cannot be carried out as it stands. It lists everything that is wrong, so that one correction suffices. */
public class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<FieldError> errors;

    /**
     * @param errors at least one
     */
    public InvalidRequestException(List<FieldError> errors) {
        super(errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** What is wrong, in the order of the fields; immutable. */
    public List<FieldError> errors() {
        return errors;
    }
}

package org.outlookmail.sample;

import java.io.Serializable;

/**
 * One thing that is wrong with a request.
 *
 * @param field the JSON field or query parameter, such as {@code to[1]}; not null
 * @param expected what it should be; not null
 * @param found what it is, shortened; not null
 */
public record FieldError(String field, String expected, String found) implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return field + ": expected " + expected + ", found " + found;
    }
}

package org.outlookmail.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with one request.
 *
 * <p>Thread rule: one request, one thread.
 */
final class Complaints {

    /** Enough to recognise one's own input. */
    private static final int SHOWN_CHARACTERS = 60;

    private final List<FieldError> errors = new ArrayList<>();

    /** The field has a value that will not do. */
    void add(String field, String expected, String found) {
        String shown = found.length() <= SHOWN_CHARACTERS ? found : found.substring(0, SHOWN_CHARACTERS) + "…";
        errors.add(new FieldError(field, expected, shown));
    }

    /** The field is not there. */
    void missing(String field, String expected) {
        errors.add(new FieldError(field, expected, "nothing"));
    }

    /** Reads the way, or complains. */
    Via via(String text) {
        if (text == null) {
            return Via.FACTORY;
        }
        return Via.named(text).orElseGet(() -> {
            add("via", Via.EXPECTED, quoted(text));
            return Via.FACTORY;
        });
    }

    /**
     * Ends the check.
     *
     * @throws InvalidRequestException with all complaints, if there are any
     */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    /** CR and LF above all: they would begin another header field (RFC 5322, section 2.2) or another command. */
    static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}

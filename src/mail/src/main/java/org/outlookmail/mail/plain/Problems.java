package org.outlookmail.mail.plain;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * Everything that is wrong with a session's properties, collected so that the administrator sees it all at once.
 *
 * <p>Thread rule: one use, one thread.
 */
final class Problems {

    private final String where;
    private final List<String> found = new ArrayList<>();

    /**
     * @param where the session, as an administrator knows it
     */
    Problems(String where) {
        this.where = where;
    }

    void add(String property, String what) {
        found.add(property + " " + what);
    }

    /**
     * Ends the reading.
     *
     * @throws MessagingException diagnosed, if anything was found
     */
    void throwIfAny() throws MessagingException {
        if (found.isEmpty()) {
            return;
        }
        String count = found.size() == 1 ? "one problem" : found.size() + " problems";
        throw new DiagnosedMessagingException(
                new Diagnosis(
                        DiagnosisCode.CONFIGURATION_INVALID,
                        "The configuration of " + where + " has " + count + ": " + String.join("; ", found) + ".",
                        "The properties of the mail session are incomplete or contradictory.",
                        "Correct every property listed; docs/migrating-from-kalisto.md describes each.",
                        Map.of()),
                null);
    }
}

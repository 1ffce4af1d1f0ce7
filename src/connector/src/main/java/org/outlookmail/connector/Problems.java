package org.outlookmail.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/** Everything that is wrong with a configuration, collected so that the administrator sees it all at once. */
final class Problems {

    private final String where;
    private final List<String> found = new ArrayList<>();
    private final List<Diagnosis> warnings = new ArrayList<>();

    /**
     * @param where the stanza, as it stands in server.xml
     */
    Problems(String where) {
        this.where = where;
    }

    void add(String property, String what) {
        found.add(property + " " + what);
    }

    /** Notes what works and should not stay so. */
    void warn(DiagnosisCode code, String what) {
        warnings.add(Diagnosis.of(code, what, Map.of("configuration", where)));
    }

    List<Diagnosis> warnings() {
        return List.copyOf(warnings);
    }

    boolean none() {
        return found.isEmpty();
    }

    Diagnosis diagnosis() {
        String count = found.size() == 1 ? "one problem" : found.size() + " problems";
        return Diagnosis.of(
                DiagnosisCode.CONFIGURATION_INVALID,
                "The configuration of " + where + " has " + count + ": " + String.join("; ", found) + ".",
                Map.of());
    }
}

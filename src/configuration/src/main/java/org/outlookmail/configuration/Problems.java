package org.outlookmail.configuration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * Everything that is wrong with a configuration, collected so that the administrator sees it all at once.
 *
 * <p>Thread rule: one use, one thread.
 */
public final class Problems {

    private final String where;
    private final Set<String> found = new LinkedHashSet<>();
    private final List<Diagnosis> warnings = new ArrayList<>();

    /**
     * @param where the stanza or the session, as an administrator knows it; not null
     */
    public Problems(String where) {
        this.where = where;
    }

    /** Notes what is wrong: the property's name, and a predicate with the cure. */
    public void add(String property, String what) {
        found.add(property + " " + what);
    }

    /** Notes what works and should not stay so. */
    public void warn(DiagnosisCode code, String what) {
        warnings.add(Diagnosis.of(code, what, Map.of("configuration", where)));
    }

    public List<Diagnosis> warnings() {
        return List.copyOf(warnings);
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** All of them, in one line. */
    public String list() {
        return String.join("; ", found);
    }

    /** All of them in one sentence. */
    public String summary() {
        String count = found.size() == 1 ? "one problem" : found.size() + " problems";
        return "The configuration of " + where + " has " + count + ": " + list() + ".";
    }

    /** All of them, for whom docs/configuration.md is written. */
    public Diagnosis diagnosis() {
        return Diagnosis.of(DiagnosisCode.CONFIGURATION_INVALID, summary(), Map.of());
    }
}

package org.outlookmail.connector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * Every handle that applications have and have not closed, with the place that opened it: what to tell when one is forgotten
 * and when a pool is exhausted.
 *
 * <p>Thread rule: free for any thread. The resource adapter holds it.
 */
final class OpenHandles {

    private static final Logger LOG = System.getLogger(OpenHandles.class.getName());

    /** Whoever leaks at so many places has other sorrows than one more line in the log. */
    private static final int MOST_PLACES = 100;

    private static final int MOST_TOLD = 10;

    private final Set<MailSessionHandle> open = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    void opened(MailSessionHandle handle) {
        open.add(handle);
    }

    void closed(MailSessionHandle handle) {
        open.remove(handle);
    }

    /** The server took back what the application had not closed. Told once a place. */
    void leaked(MailSessionHandle handle) {
        closed(handle);
        boolean first = told.size() < MOST_PLACES && told.add(handle.mailbox() + " " + handle.place());
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", handle.mailbox());
        details.put("openedAt", handle.place());
        details.put("openForMillis", Long.toString(handle.ageMillis()));
        Diagnosis leak = Diagnosis.of(
                DiagnosisCode.HANDLE_LEAKED,
                "A session of " + handle.mailbox() + " that " + handle.place()
                        + " opened was not closed; the server has taken its connection back.",
                details);
        LOG.log(first ? Level.WARNING : Level.DEBUG, leak.toString());
    }

    /** Whether any handle of a factory is open. */
    boolean has(MailManagedConnectionFactory factory) {
        return open.stream().anyMatch(handle -> handle.isOf(factory));
    }

    /** How many handles of a factory are open, and where the oldest were opened; for people. */
    Map<String, String> of(MailManagedConnectionFactory factory) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put(
                "openHandles",
                Long.toString(
                        open.stream().filter(handle -> handle.isOf(factory)).count()));
        details.put(
                "openedAt",
                open.stream()
                        .filter(handle -> handle.isOf(factory))
                        .sorted(Comparator.comparingLong(MailSessionHandle::ageMillis)
                                .reversed())
                        .limit(MOST_TOLD)
                        .map(handle -> handle.place() + " " + handle.ageMillis() + " ms ago")
                        .collect(Collectors.joining("; ")));
        return details;
    }
}

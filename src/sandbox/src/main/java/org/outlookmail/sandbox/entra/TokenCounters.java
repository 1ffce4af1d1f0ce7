package org.outlookmail.sandbox.entra;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.outlookmail.sandbox.SandboxState;

/** Counts token requests. Safe for any thread. */
final class TokenCounters {
    private final Map<String, SandboxState.Grant> byGrant = new HashMap<>();
    private long requests;

    synchronized void request() {
        requests++;
    }

    synchronized void issued(String grant) {
        byGrant.merge(grant, new SandboxState.Grant(1, 0), TokenCounters::sum);
    }

    synchronized void refused(String grant) {
        byGrant.merge(grant.isEmpty() ? "(none)" : grant, new SandboxState.Grant(0, 1), TokenCounters::sum);
    }

    private static SandboxState.Grant sum(SandboxState.Grant a, SandboxState.Grant b) {
        return new SandboxState.Grant(a.issued() + b.issued(), a.refused() + b.refused());
    }

    synchronized SandboxState.Entra state() {
        return new SandboxState.Entra(requests, new TreeMap<>(byGrant));
    }

    synchronized void reset() {
        requests = 0;
        byGrant.clear();
    }
}

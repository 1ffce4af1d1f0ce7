package org.outlookmail.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.management.ConnectorListener;

/**
 * Whether the cluster's cache works, told once when it fails and once when it works again. The one place that says so.
 *
 * <p>Thread rule: free for any thread.
 */
final class Availability {

    private static final Logger LOG = System.getLogger(Availability.class.getName());

    /** What can be done to the cache. A cache that can be read and not written fails, and goes on failing while it is read. */
    enum Deed {
        OPEN(1),
        GET(2),
        GET_ALL(4),
        PUT(8),
        PUT_IF_ABSENT(16),
        REPLACE(32),
        REMOVE(64),
        /** Any change of an entry: each operation ends well, and nothing has changed. */
        CHANGE(128);

        private final int bit;

        Deed(int bit) {
            this.bit = bit;
        }
    }

    /** A bit for each deed that failed and has not succeeded since. */
    private final AtomicInteger failing = new AtomicInteger();

    /** A chain of causes may be a circle. */
    private static final int DEEPEST = 50;

    private final ConnectorListener listener;
    private volatile boolean ended;

    Availability(ConnectorListener listener) {
        this.listener = listener;
    }

    boolean fails() {
        return failing.get() != 0;
    }

    /** This node leaves; what fails from now on fails for that and is no news. */
    void ending() {
        ended = true;
    }

    void failed(Deed deed, Throwable failure) {
        if (ended) {
            LOG.log(Level.DEBUG, "the token cache is being left", failure);
            return;
        }
        if (failing.getAndUpdate(bits -> bits | deed.bit) == 0) {
            Diagnosis diagnosis = Diagnosis.of(
                    DiagnosisCode.TOKEN_CACHE_UNUSABLE,
                    "The token cache failed; this server goes on with tokens and limits of its own.",
                    reasons(failure));
            listener.onSharedCacheFailed(diagnosis, failure);
        }
    }

    /** What was said outside, and what it comes from. */
    private static Map<String, String> reasons(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("reason", String.valueOf(failure.getMessage()));
        reasons.put("cause", root == failure ? null : root.toString());
        return reasons;
    }

    /** What failed works again; what else failed meanwhile gets its chance to say so anew. */
    void succeeded(Deed deed) {
        int bits = failing.get();
        if ((bits & deed.bit) != 0 && failing.compareAndSet(bits, 0)) {
            listener.onSharedCacheRestored();
        }
    }
}

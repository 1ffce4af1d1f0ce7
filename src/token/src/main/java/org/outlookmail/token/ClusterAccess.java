package org.outlookmail.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OneLine;

/**
 * Uses the cluster's cache for as long as it works. When it fails, says so once and lets this node go on alone; when it
 * works again, says that too.
 *
 * <p>Thread rule: free for any thread.
 */
final class ClusterAccess {

    private static final Logger LOG = System.getLogger(ClusterAccess.class.getName());

    private final AtomicBoolean fails = new AtomicBoolean();
    private final Supplier<ClusterTokenCache> cluster;

    /**
     * @param cluster opens the cache at first need; not null. It may fail, now and again
     */
    ClusterAccess(Supplier<ClusterTokenCache> cluster) {
        this.cluster = cluster;
    }

    /** What the cache said; empty if it said nothing or has failed. */
    <T> Optional<T> use(Function<ClusterTokenCache, T> work) {
        try {
            return Optional.ofNullable(work.apply(cluster.get()));
        } catch (RuntimeException | LinkageError failure) {
            // LinkageError: Hazelcast's jar may have been taken out of the archive.
            if (fails.compareAndSet(false, true)) {
                Diagnosis diagnosis = Diagnosis.of(
                        DiagnosisCode.TOKEN_CACHE_UNUSABLE,
                        "The token cache failed; this server goes on with tokens of its own.",
                        Map.of("reason", String.valueOf(failure.getMessage())));
                LOG.log(Level.WARNING, diagnosis.toString(), OneLine.cause(failure));
            }
            return Optional.empty();
        }
    }

    /** A token has come from the cluster or gone there; lesser successes may alternate with failures. */
    void works() {
        if (fails.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "The token cache works again; tokens are shared in the cluster.");
        }
    }
}

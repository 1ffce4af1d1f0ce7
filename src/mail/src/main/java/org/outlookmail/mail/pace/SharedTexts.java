package org.outlookmail.mail.pace;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OneLine;
import org.outlookmail.cluster.SharedEntries;

/**
 * Texts that all nodes of the cluster see and change by compare-and-replace. While the cache fails, this node keeps texts of
 * its own: its limits then hold for it alone, which is said once.
 *
 * <p>Thread rule: free for any thread.
 */
final class SharedTexts {

    private static final Logger LOG = System.getLogger(SharedTexts.class.getName());

    private final Supplier<SharedEntries> cluster;
    private final SharedEntries alone = SharedEntries.of(new ConcurrentHashMap<>());
    private final AtomicBoolean fails = new AtomicBoolean();

    /**
     * @param cluster the cache; it may fail, now and again
     */
    SharedTexts(Supplier<SharedEntries> cluster) {
        this.cluster = cluster;
    }

    /**
     * A text to write and what the caller learns from it.
     *
     * @param text the new text; null leaves the old one
     */
    record Change<T>(String text, T result) {}

    /** The text; empty if there is none. */
    String read(String name) {
        return use(entries -> orEmpty(entries.get(name)));
    }

    /** Changes a text in one step that no other node comes between. The change is computed anew as often as need be. */
    <T> T update(String name, Function<String, Change<T>> change) {
        return use(entries -> {
            while (true) {
                String old = entries.get(name);
                Change<T> wanted = change.apply(orEmpty(old));
                boolean stands = wanted.text() == null
                        || wanted.text().equals(old)
                        || (old == null
                                ? entries.putIfAbsent(name, wanted.text())
                                : entries.replace(name, old, wanted.text()));
                if (stands) {
                    return wanted.result();
                }
            }
        });
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private <T> T use(Function<SharedEntries, T> work) {
        T result;
        try {
            result = work.apply(cluster.get());
        } catch (RuntimeException | LinkageError failure) {
            if (fails.compareAndSet(false, true)) {
                Diagnosis diagnosis = Diagnosis.of(
                        DiagnosisCode.TOKEN_CACHE_UNUSABLE,
                        "The token cache failed; the limits of the mailboxes hold for this server alone.",
                        Map.of("reason", String.valueOf(failure.getMessage())));
                LOG.log(Level.WARNING, diagnosis.toString(), OneLine.cause(failure));
            }
            return work.apply(alone);
        }
        if (fails.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "The token cache works again; the limits of the mailboxes are kept by all servers.");
        }
        return result;
    }
}

package org.outlookmail.management;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.outlookmail.DiagnosisCode;

/**
 * What was told of which mailbox within the last minute.
 *
 * <p>Thread rule: free for any thread.
 */
final class OncePerMinute {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** Beyond so many what is old is forgotten first. */
    private static final int MANY = 1000;

    private record Key(String mailbox, DiagnosisCode code) {}

    private final Map<Key, Long> told = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    OncePerMinute(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether it was not told within the last minute; from now on it was. */
    boolean isFirst(String mailbox, DiagnosisCode code) {
        long now = nanos.getAsLong();
        if (told.size() > MANY) {
            told.values().removeIf(since -> now - since >= MINUTE);
        }
        boolean[] first = {false};
        told.compute(new Key(mailbox, code), (key, since) -> {
            first[0] = since == null || now - since >= MINUTE;
            return first[0] ? Long.valueOf(now) : since;
        });
        return first[0];
    }
}

package org.outlookmail.mail.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.outlookmail.cluster.Register.Change;
import org.outlookmail.cluster.SharedText;

/**
 * How many messages of one mailbox go in any 60 seconds, counted by the second in one text that all nodes see. A caller
 * reserves the earliest second that is free, perhaps in the future, so callers of all nodes go in the order in which they
 * came. A token bucket would let twice the limit pass in the minute after a rest; this lets no more than the limit pass.
 *
 * <p>Thread rule: free for any thread.
 */
final class MessageWindow {

    /** A message late in one second and one early in another are at least a minute apart with this many between. */
    private static final int SECONDS = 61;

    /** A count further ahead is written by none of us, unless somebody has more patience than this. */
    private static final Duration FURTHEST = Duration.ofHours(1);

    private final SharedText shared;
    private final int limit;

    MessageWindow(SharedText shared, int limit) {
        this.shared = shared;
        this.limit = limit;
    }

    /**
     * Reserves a moment to send.
     *
     * @return when; empty if that would be later than the patience allows, and nothing is reserved
     */
    Optional<Instant> reserve(Instant now, Duration patience) {
        long present = now.getEpochSecond();
        long last = now.plus(patience).getEpochSecond();
        return shared.update(text -> {
            NavigableMap<Long, Integer> counts = read(text);
            counts.headMap(present - SECONDS).clear();
            counts.tailMap(Math.max(last, now.plus(FURTHEST).getEpochSecond()) + 1)
                    .clear();
            long second = counts.isEmpty() ? present : Math.max(present, counts.lastKey());
            while (second <= last && sum(counts, second) >= limit) {
                second++;
            }
            if (second > last) {
                return new Change<>(null, Optional.<Instant>empty());
            }
            counts.merge(second, 1, Integer::sum);
            Instant when = second == present ? now : Instant.ofEpochSecond(second);
            return new Change<>(write(counts), Optional.of(when));
        });
    }

    private static int sum(NavigableMap<Long, Integer> counts, long second) {
        return counts.subMap(second - SECONDS + 1, true, second, true).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static NavigableMap<Long, Integer> read(String text) {
        NavigableMap<Long, Integer> counts = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            if (pair.matches("\\d{1,12}:\\d{1,9}")) {
                int colon = pair.indexOf(':');
                counts.put(Long.valueOf(pair.substring(0, colon)), Integer.valueOf(pair.substring(colon + 1)));
            }
        }
        return counts;
    }

    private static String write(Map<Long, Integer> counts) {
        return counts.entrySet().stream()
                .map(pair -> pair.getKey() + ":" + pair.getValue())
                .collect(Collectors.joining(","));
    }
}

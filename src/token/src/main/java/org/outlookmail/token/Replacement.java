package org.outlookmail.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That a refused token was replaced, and how many in a row: the next one is replaced after a pause that doubles each time.
 * So a token that was revoked is replaced at once, one that is revoked again soon after it too, and a mailbox that no token
 * opens costs a few requests and then one in five minutes, far from what Entra takes for a loop (AADSTS50196). Immutable;
 * goes through the shared cache as text.
 *
 * @param count how many refused tokens have been replaced in a row; at least 1
 * @param at when the last of them was
 */
record Replacement(int count, Instant at) {

    /** The pause after the first replacement. */
    static final Duration FIRST = Duration.ofSeconds(5);

    /** How far the pause grows. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** A refusal this long after the last replacement is a first one again; more than the longest pause. */
    static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private static final int FIELDS = 2;

    /** The one that follows an earlier one, which may be null. */
    static Replacement after(Replacement last, Instant now) {
        return new Replacement(last == null || last.forgotten(now) ? 1 : last.count + 1, now);
    }

    /** The moment from which the next may be made. */
    Instant nextAt() {
        Duration grown = FIRST.multipliedBy(1L << Math.min(count - 1, 10));
        return at.plus(grown.compareTo(LONGEST) > 0 ? LONGEST : grown);
    }

    /** Whether it counts no more; what lies in the future is another node's clock, and must not stop mail for long. */
    boolean forgotten(Instant now) {
        return !now.isBefore(at.plus(FORGOTTEN)) || at.isAfter(now.plus(LONGEST));
    }

    String write() {
        return count + "\n" + at.toEpochMilli();
    }

    /** Empty for an entry of another version of this adapter. */
    static Optional<Replacement> read(String text) {
        String[] fields = text.split("\n", -1);
        return fields.length == FIELDS && fields[0].matches("[1-9]\\d{0,8}") && fields[1].matches("\\d{1,15}")
                ? Optional.of(
                        new Replacement(Integer.parseInt(fields[0]), Instant.ofEpochMilli(Long.parseLong(fields[1]))))
                : Optional.empty();
    }
}

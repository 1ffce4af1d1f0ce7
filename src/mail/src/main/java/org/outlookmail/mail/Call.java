package org.outlookmail.mail;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;

/**
 * One call of an application: how long it waits for its turn, until when the servers must have done their part, however
 * many of them are asked how often, and what it has cost so far.
 *
 * <p>Thread rule: one thread.
 */
public final class Call {

    /** A first reply on a connection that has rested is awaited that long at least, if the read timeout allows it. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final long startedNanos = System.nanoTime();
    private final MailTimeouts timeouts;
    private final Deadline turn;
    private final Deadline end;
    private int tries;

    /**
     * @param patience how long to wait for a turn altogether; not null
     */
    Call(Duration patience, MailTimeouts timeouts) {
        this.timeouts = timeouts;
        this.turn = Deadline.in(patience);
        this.end = Deadline.in(patience.plus(timeouts.connect()).plus(timeouts.read()));
    }

    /** Until when to wait for the permission to go on. */
    public Deadline turn() {
        return turn;
    }

    /** Until when all must be over but the transmission of a message and the reply to it. */
    public Deadline end() {
        return end;
    }

    /**
     * Until when a server must have said something on a connection that has rested. Packets on an old connection may be
     * dropped on the way, which no end of it tells; a quarter of what a slow server may need is enough to give it up, since
     * nothing has been handed over and a new connection has all the time.
     */
    public Deadline firstReply() {
        Duration quarter = timeouts.read().dividedBy(4);
        Duration wait = quarter.compareTo(SOON) < 0 ? SOON : quarter;
        return Deadline.in(wait.compareTo(timeouts.read()) < 0 ? wait : timeouts.read());
    }

    /** It begins once more. */
    void tried() {
        tries++;
    }

    /** What it has cost until now, for people. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(facts(startedNanos));
        if (tries > 1) {
            facts.put("tries", Integer.toString(tries));
        }
        return facts;
    }

    /** A failure of one try, with what the whole call has cost. */
    MessagingException told(MessagingException failure) {
        if (!(failure instanceof DiagnosedMessagingException)) {
            return failure;
        }
        Diagnosis one = Diagnosis.of(failure).orElseThrow();
        Map<String, String> details = new LinkedHashMap<>(one.details());
        details.putAll(facts());
        return new DiagnosedMessagingException(
                new Diagnosis(one.code(), one.summary(), one.likelyCause(), one.cure(), details),
                failure.getCause() instanceof Exception cause ? cause : failure);
    }

    /** What a part of a call has cost until now. */
    public static Map<String, String> facts(long startedNanos) {
        return Map.of("elapsedMillis", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos)));
    }
}

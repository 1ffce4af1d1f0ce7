package org.outlookmail.sandbox.front;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Which IMAP commands GreenMail has yet to answer. Shared by the two threads of a relay. */
final class ImapTurns {
    private static final long WAIT_SECONDS = 60;

    private final Set<String> unanswered = new HashSet<>();
    private int goAheads;
    private boolean over;

    /** A command goes to GreenMail. */
    synchronized void asked(String tag) {
        unanswered.add(tag);
        goAheads = 0;
    }

    /** A response has come and been passed on. */
    synchronized void answered(String response) {
        if (response.startsWith("+")) {
            goAheads++;
        } else {
            int space = response.indexOf(' ');
            unanswered.remove(space < 0 ? response : response.substring(0, space));
        }
        notifyAll();
    }

    /** GreenMail answers no more. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    /** Whether a command waits for its answer. */
    synchronized boolean isUnanswered(String tag) {
        return unanswered.contains(tag);
    }

    /** Waits until GreenMail has answered everything. */
    synchronized void awaitAll() throws IOException {
        await(unanswered::isEmpty);
    }

    /** Waits until GreenMail asks for a literal; false if it answers the command instead. */
    synchronized boolean awaitGoAhead(String tag) throws IOException {
        await(() -> goAheads > 0 || !unanswered.contains(tag));
        if (goAheads == 0) {
            return false;
        }
        goAheads--;
        return true;
    }

    private synchronized void await(BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (over || left <= 0) {
                throw new EOFException(over ? "GreenMail ended the connection" : "GreenMail does not answer");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The sandbox closes");
            }
        }
    }
}

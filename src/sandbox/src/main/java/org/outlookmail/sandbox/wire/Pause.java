package org.outlookmail.sandbox.wire;

import java.io.InterruptedIOException;

/** Waiting, for delays and stalls that were asked for. Stateless. */
public final class Pause {
    private Pause() {}

    /**
     * Waits that long; not at all for 0.
     *
     * @throws InterruptedIOException if the box closes meanwhile
     */
    public static void millis(long millis) throws InterruptedIOException {
        if (millis <= 0) {
            return;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The sandbox closes");
        }
    }
}

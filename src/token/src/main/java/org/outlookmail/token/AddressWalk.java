package org.outlookmail.token;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Goes through the addresses of a host until one takes a connection, all within one timeout. The JDK takes the first and no
 * other, so that a host of which one address is dead could not be reached although the others are alive.
 *
 * <p>Thread rule: free for any thread.
 */
public final class AddressWalk {

    /** An address that says nothing gets this part of the time that is left, or an equal share if fewer are left. */
    private static final int PARTS = 3;

    private AddressWalk() {}

    /** Looks a name up. */
    @FunctionalInterface
    public interface Lookup {

        /**
         * As {@link InetAddress#getAllByName}.
         *
         * @throws UnknownHostException if there is none
         */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Connects to one address. */
    @FunctionalInterface
    public interface Attempt<T> {

        /**
         * Connects.
         *
         * @param within at least a millisecond
         * @throws SocketException if the address refuses or cannot be reached; the next is tried
         * @throws SocketTimeoutException if it says nothing; the next is tried
         * @throws IOException for any other reason, which ends the walk
         */
        T connect(InetAddress address, Duration within) throws IOException;
    }

    /**
     * The first connection that an address takes.
     *
     * @param addresses at least one, in the order to try them
     * @param timeout for all together; at least a millisecond
     * @throws IOException what became of the last one, with what became of the others as suppressed
     */
    public static <T> T first(InetAddress[] addresses, Duration timeout, Attempt<T> attempt) throws IOException {
        long started = System.nanoTime();
        IOException failed = null;
        for (int tried = 0; tried < addresses.length; tried++) {
            Duration left = timeout.minusNanos(System.nanoTime() - started);
            if (left.toMillis() < 1) {
                break;
            }
            try {
                return attempt.connect(addresses[tried], share(left, addresses.length - tried));
            } catch (SocketException | SocketTimeoutException dead) {
                if (failed != null) {
                    dead.addSuppressed(failed);
                }
                failed = dead;
            }
        }
        throw failed == null ? new SocketTimeoutException("Connect timed out") : failed;
    }

    private static Duration share(Duration left, int addresses) {
        Duration share = left.dividedBy(Math.min(addresses, PARTS));
        return share.toMillis() < 1 ? Duration.ofMillis(1) : share;
    }
}

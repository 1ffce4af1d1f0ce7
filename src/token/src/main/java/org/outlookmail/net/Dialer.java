package org.outlookmail.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Connects to a host that may have several addresses, of which some may be dead (RFC 5321, section 5.1; in the spirit of
 * RFC 8305, but one after the other, since there is no thread to spend): each gets a share of the time, those that said
 * nothing get another turn while time is left, and an address that refuses costs none. The JDK alone takes the first and no
 * other.
 *
 * <p>Thread rule: free for any thread.
 */
public final class Dialer {

    /** Long enough for a packet that is lost once (RFC 6298 sends it again after a second). */
    private static final Duration FIRST_TURN = Duration.ofSeconds(2);

    private static final Duration SHORTEST_TURN = Duration.ofMillis(250);

    /** Looks a name up. */
    @FunctionalInterface
    public interface Resolver {

        /**
         * As {@link InetAddress#getAllByName}.
         *
         * @throws UnknownHostException if there is none
         */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Connects to one address; of a failure it leaves nothing open. */
    @FunctionalInterface
    public interface Attempt<T> {

        /**
         * Connects.
         *
         * @param within at least a millisecond
         * @throws SocketTimeoutException if the address says nothing; it may get another turn
         * @throws SocketException if it refuses or cannot be reached; the next is tried
         * @throws IOException for a reason that is no fault of the address, which ends it all
         */
        T connect(InetAddress address, Duration within) throws IOException;
    }

    private final Resolver resolver;

    /**
     * Looks names up in its own way.
     *
     * @param resolver such as {@link InetAddress#getAllByName}; not null
     */
    public Dialer(Resolver resolver) {
        this.resolver = resolver;
    }

    /** How many addresses a host has. */
    public int addresses(String host) throws UnknownHostException {
        return resolver.resolve(host).length;
    }

    /**
     * Connects to the first address that answers.
     *
     * @param timeout for all of them together; not negative
     * @throws UnknownHostException if the name has no address
     * @throws ConnectException if there are several addresses and none answered; it tells what became of each
     * @throws IOException what became of the only one, or what ended it all
     */
    public <T> T dial(String host, Duration timeout, Attempt<T> attempt) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        List<InetAddress> left = inTurns(List.of(resolver.resolve(host)));
        Failures failures = new Failures(host, left.size());
        Duration most = FIRST_TURN;
        while (!left.isEmpty()) {
            List<InetAddress> silent = new ArrayList<>();
            for (int i = 0; i < left.size() && millisUntil(end) > 0; i++) {
                InetAddress address = left.get(i);
                try {
                    return attempt.connect(address, turn(end, left.size() - i, most, left.size() == 1));
                } catch (SocketTimeoutException silence) {
                    silent.add(address);
                    failures.add(address, silence);
                } catch (SocketException refused) {
                    failures.add(address, refused);
                }
            }
            left = millisUntil(end) > 0 ? silent : List.of();
            most = most.multipliedBy(2);
        }
        throw failures.all();
    }

    private static long millisUntil(long end) {
        return Math.max(0, Duration.ofNanos(end - System.nanoTime()).toMillis());
    }

    private static Duration turn(long end, int waiting, Duration most, boolean alone) {
        Duration left = Duration.ofMillis(Math.max(1, millisUntil(end)));
        if (alone) {
            return left;
        }
        Duration share = shorter(left.dividedBy(waiting), most);
        return shorter(left, share.compareTo(SHORTEST_TURN) < 0 ? SHORTEST_TURN : share);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The families by turns, so that one that leads nowhere does not take all the time (RFC 8305, section 4). */
    static List<InetAddress> inTurns(List<InetAddress> addresses) {
        List<InetAddress> preferred = new ArrayList<>();
        List<InetAddress> others = new ArrayList<>();
        for (InetAddress address : addresses) {
            boolean same = address instanceof Inet6Address == addresses.get(0) instanceof Inet6Address;
            (same ? preferred : others).add(address);
        }
        List<InetAddress> mixed = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            if (i < preferred.size()) {
                mixed.add(preferred.get(i));
            }
            if (i < others.size()) {
                mixed.add(others.get(i));
            }
        }
        return mixed;
    }

    /** What became of each address. */
    private static final class Failures {

        private final String host;
        private final int addresses;
        private final List<String> told = new ArrayList<>();
        private IOException last = new SocketTimeoutException("No time is left to connect");

        Failures(String host, int addresses) {
            this.host = host;
            this.addresses = addresses;
        }

        void add(InetAddress address, IOException failure) {
            told.add(address.getHostAddress() + ": " + failure.getMessage());
            last = failure;
        }

        IOException all() {
            if (addresses == 1 || told.isEmpty()) {
                return last;
            }
            ConnectException all = new ConnectException("none of the addresses of " + host + " answers: "
                    + told.stream().distinct().collect(Collectors.joining("; ")));
            all.initCause(last);
            return all;
        }
    }
}

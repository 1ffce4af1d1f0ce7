package org.outlookmail.mail;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Connects to a host that may have several addresses, of which some may be dead (RFC 5321, section 5.1; in the spirit of
 * RFC 8305, but one after the other, since there is no thread to spend): each gets a share of the time, those that said
 * nothing get another turn while time is left, and an address that refuses costs none.
 *
 * <p>Thread rule: free for any thread.
 */
final class Dialer {

    /** Long enough for a packet that is lost once (RFC 6298 sends it again after a second). */
    private static final Duration FIRST_TURN = Duration.ofSeconds(2);

    private static final Duration SHORTEST_TURN = Duration.ofMillis(250);

    /** Looks a name up. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Makes sockets: after a failure one cannot be used again. */
    @FunctionalInterface
    interface Sockets {

        /**
         * Not connected yet.
         *
         * @throws IOException if nobody wants one any more
         */
        Socket next() throws IOException;
    }

    private final Resolver resolver;

    /**
     * @param resolver such as {@link InetAddress#getAllByName}; not null
     */
    Dialer(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Connects to the first address that answers.
     *
     * @param deadline until when
     * @throws UnknownHostException if the name has no address
     * @throws ConnectException if there are several addresses and none answered; it tells what became of each
     * @throws IOException what became of the only one
     */
    Socket dial(String host, int port, Deadline deadline, Sockets sockets) throws IOException {
        List<InetAddress> addresses = inTurns(List.of(resolver.resolve(host)));
        Attempts attempts = new Attempts();
        Duration most = FIRST_TURN;
        List<InetAddress> left = addresses;
        while (!left.isEmpty()) {
            List<InetAddress> silent = new ArrayList<>();
            for (int i = 0; i < left.size() && !deadline.left().isZero(); i++) {
                InetSocketAddress address = new InetSocketAddress(left.get(i), port);
                Duration turn = turn(deadline, left.size() - i, most, left.size() == 1);
                Socket socket = sockets.next();
                try {
                    socket.connect(address, (int) Math.max(1, turn.toMillis()));
                    return socket;
                } catch (SocketTimeoutException silence) {
                    silent.add(left.get(i));
                    attempts.failed(address, silence, socket);
                } catch (IOException refused) {
                    attempts.failed(address, refused, socket);
                }
            }
            left = deadline.left().isZero() ? List.of() : silent;
            most = most.multipliedBy(2);
        }
        throw attempts.failure(host, addresses.size());
    }

    private static Duration turn(Deadline deadline, int waiting, Duration most, boolean alone) {
        Duration left = deadline.left();
        if (alone) {
            return left;
        }
        Duration share = min(left.dividedBy(waiting), most);
        return min(left, share.compareTo(SHORTEST_TURN) < 0 ? SHORTEST_TURN : share);
    }

    private static Duration min(Duration one, Duration other) {
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
    private static final class Attempts {

        private final List<String> told = new ArrayList<>();
        private IOException last = new SocketTimeoutException("No time is left to connect");

        void failed(InetSocketAddress address, IOException failure, Socket socket) throws IOException {
            socket.close();
            told.add(address.getAddress().getHostAddress() + ": " + failure.getMessage());
            last = failure;
        }

        IOException failure(String host, int addresses) {
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

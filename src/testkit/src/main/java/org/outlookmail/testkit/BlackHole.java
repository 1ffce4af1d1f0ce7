package org.outlookmail.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;

/** An address that says nothing to whoever connects, as behind a firewall that drops packets. The test closes it. */
public final class BlackHole implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket();
    private final Deque<Socket> waiting = new ArrayDeque<>();

    /**
     * @param address of this machine, other than the one whose server is to be reached
     */
    public BlackHole(InetAddress address, int port) throws IOException {
        listener.bind(new InetSocketAddress(address, port), 1);
        boolean full = false;
        while (!full) { // Nobody accepts: when the backlog is full, the system drops what comes.
            Socket next = new Socket();
            waiting.push(next);
            try {
                next.connect(listener.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException dropped) {
                full = true;
            }
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            for (Socket socket : waiting) {
                socket.close();
            }
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

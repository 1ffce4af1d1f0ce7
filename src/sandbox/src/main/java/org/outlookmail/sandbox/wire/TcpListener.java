package org.outlookmail.sandbox.wire;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.outlookmail.sandbox.PortInUseException;

/**
 * One listening port on 127.0.0.1 and the connections made to it, each served by a thread of its own. Owns the sockets: they
 * are closed when their handler returns and when the listener closes. Safe for any thread.
 */
public final class TcpListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TcpListener.class.getName());
    private static final int BACKLOG = 200;

    private final String purpose;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is done with a connection; an IOException ends it and is no fault, as clients go away at any time. */
    public interface Handler {
        void serve(Socket socket) throws IOException;
    }

    private TcpListener(String purpose, ServerSocket server) {
        this.purpose = purpose;
        this.server = server;
    }

    /**
     * Opens the port, 0 for any free one, and serves its connections until {@link #close}.
     *
     * @throws PortInUseException if another process has the port
     */
    public static TcpListener open(String purpose, int port, Workers workers, Handler handler) {
        TcpListener listener = new TcpListener(purpose, bind(purpose, port));
        workers.threads().execute(() -> listener.accept(workers.threads(), handler));
        return listener;
    }

    private static ServerSocket bind(String purpose, int port) {
        try {
            ServerSocket server = new ServerSocket();
            try {
                server.setReuseAddress(true);
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
                return server;
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PortInUseException(purpose, port, e);
        }
    }

    private void accept(Executor threads, Handler handler) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                // A close() that runs now may have missed this socket.
                if (server.isClosed()) {
                    abandon(socket);
                } else {
                    threads.execute(() -> serve(socket, handler));
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.log(Level.WARNING, purpose + ": a connection could not be accepted", e);
                }
            }
        }
    }

    private void serve(Socket socket, Handler handler) {
        try {
            // Replies are small and each is waited for; Nagle's algorithm would hold them back.
            socket.setTcpNoDelay(true);
            handler.serve(socket);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> purpose + ": connection ended: " + e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, purpose + ": connection failed", e);
        } finally {
            abandon(socket);
        }
    }

    /** The port that was opened. */
    public int port() {
        return server.getLocalPort();
    }

    /** Cuts every connection without a word, as a server that restarts would. */
    public void dropConnections() {
        open.forEach(this::abandon);
    }

    private void abandon(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> purpose + ": close failed: " + e);
        }
        open.remove(socket);
    }

    /** Closes the port and cuts its connections; may be called again. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, purpose + ": the port could not be closed", e);
        }
        dropConnections();
    }
}

package org.outlookmail.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a server and stops listening to the client when told, as a stuck machine does: the client's writes hang. */
public final class DeafProxy implements AutoCloseable {

    /** Small, so that a message of some megabytes fills all buffers on the way. */
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicLong patience = new AtomicLong(Long.MAX_VALUE);

    public DeafProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket();
        listener.setReceiveBufferSize(BUFFER);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Takes so many bytes more from the client, and then nothing. */
    public void goDeafAfter(int bytes) {
        patience.set(bytes);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(server);
                threads.execute(() -> carry(client, server, true));
                threads.execute(() -> carry(server, client, false));
            }
        } catch (IOException closed) {
            end.countDown();
        }
    }

    private void carry(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                out.write(buffer, 0, count);
                if (fromClient && patience.addAndGet(-count) < 0) {
                    end.await();
                }
                count = in.read(buffer);
            }
        } catch (IOException gone) {
            // Either side has closed; the other one is closed with it.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }
}

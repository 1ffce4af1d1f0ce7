package org.outlookmail.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands before a server and, when told, swallows what either side says on the connections that stand, as a firewall does
 * that has forgotten them; new ones go through. The test closes it.
 */
public final class SilentRelay implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<AtomicBoolean> standing = new CopyOnWriteArrayList<>();
    private final int target;

    public SilentRelay(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections there have been. */
    public int connections() {
        return standing.size();
    }

    /** From now on nothing passes on the connections that stand. */
    public void silence() {
        standing.forEach(silent -> silent.set(true));
    }

    /** Nobody answers new ones either. */
    public void refuse() throws IOException {
        listener.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.addAll(List.of(client, server));
            AtomicBoolean silent = new AtomicBoolean();
            standing.add(silent);
            start(() -> carry(client, server, silent));
            start(() -> carry(server, client, silent));
        }
    }

    private static void carry(Socket from, Socket to, AtomicBoolean silent) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        int count = in.read(buffer);
        while (count >= 0) {
            if (!silent.get()) {
                out.write(buffer, 0, count);
            }
            count = in.read(buffer);
        }
        if (!silent.get()) {
            to.close();
        }
    }

    private interface Deed {
        void run() throws IOException;
    }

    private static void start(Deed deed) {
        Thread thread = new Thread(() -> {
            try {
                deed.run();
            } catch (IOException closed) {
                // The test is over, or one side has hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}

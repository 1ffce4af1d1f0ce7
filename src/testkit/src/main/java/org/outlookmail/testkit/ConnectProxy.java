package org.outlookmail.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP proxy that knows CONNECT alone, and remembers whom it was asked for; to it every host is this machine. The test
 * closes it.
 */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final String answer;

    public ConnectProxy() throws IOException {
        this("HTTP/1.1 200 Connection established\r\n\r\n");
    }

    /**
     * One that says something else.
     *
     * @param answer beginning with a status from 200 to 299 if it opens the tunnel nevertheless; empty if it is silent
     */
    public ConnectProxy(String answer) throws IOException {
        this.answer = answer;
        start(this::accept);
    }

    /** As a client is told of it. */
    public Proxy address() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", listener.getLocalPort()));
    }

    /** Host and port of each tunnel, in order. */
    public List<String> asked() {
        return asked;
    }

    /** Cuts the tunnel through which servers say more than that from now on; that one alone. */
    public void cutAfter(long octets) {
        left.set(octets);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            open.add(client);
            start(() -> tunnel(client));
        }
    }

    private void tunnel(Socket client) throws IOException {
        // One byte at a time, so that nothing behind the empty line is read here.
        BufferedReader head =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), 1);
        String target = head.readLine().split(" ", -1)[1];
        while (!head.readLine().isEmpty()) {
            // A header.
        }
        asked.add(target);
        if (answer.isEmpty()) {
            return;
        }
        OutputStream out = client.getOutputStream();
        if (!answer.startsWith("HTTP/1.1 2") && !answer.startsWith("HTTP/1.1 1")) {
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            return;
        }
        int colon = target.lastIndexOf(':');
        Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(target.substring(colon + 1)));
        open.add(server);
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        start(() -> answers(server, client));
        client.getInputStream().transferTo(server.getOutputStream());
    }

    private void answers(Socket server, Socket client) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int count = server.getInputStream().read(buffer);
        while (count >= 0) {
            client.getOutputStream().write(buffer, 0, count);
            if (left.addAndGet(-count) < 0) {
                left.set(Long.MAX_VALUE);
                client.close();
                server.close();
                return;
            }
            count = server.getInputStream().read(buffer);
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

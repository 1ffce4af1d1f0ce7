package org.outlookmail.token.grant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that only knows CONNECT (RFC 9110, section 9.3.6), and grants it or not. */
final class HttpProxy implements AutoCloseable {

    private final ServerSocket server;
    private final String status;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param status its answer to everybody, such as {@code 200 Connection established}
     */
    HttpProxy(String status) throws IOException {
        this.status = status;
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String request = head(client.getInputStream());
            asked.add(request);
            OutputStream out = client.getOutputStream();
            out.write(("HTTP/1.1 " + status + "\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                            + (status.startsWith("200") ? "" : "Content-Length: 0\r\nConnection: close\r\n") + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (status.startsWith("200")) {
                tunnel(client, request.split("[ :]", -1)[2]);
            }
        } catch (IOException gone) {
            // One side has heard enough.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static void tunnel(Socket client, String port) throws IOException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
            daemon(() -> {
                try {
                    client.getInputStream().transferTo(target.getOutputStream());
                } catch (IOException gone) {
                    // The tunnel ends with the other direction.
                }
            });
            target.getInputStream().transferTo(client.getOutputStream());
        }
    }

    Proxy address() {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    }

    /** The first lines of all requests. */
    List<String> asked() {
        return asked;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

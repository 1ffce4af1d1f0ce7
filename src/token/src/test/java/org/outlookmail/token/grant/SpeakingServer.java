package org.outlookmail.token.grant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that says the same to the first who connects, whatever he asks; and perhaps goes on with blanks for ever. */
final class SpeakingServer implements AutoCloseable {

    private final ServerSocket server;

    private final CountDownLatch closed = new CountDownLatch(1);

    SpeakingServer(String text) throws IOException {
        this(text, false);
    }

    private SpeakingServer(String text, boolean drips) throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> speak(text, drips));
        thread.setDaemon(true);
        thread.start();
    }

    /** One that never comes to an end: a blank follows every 20 milliseconds. */
    static SpeakingServer dripping(String text) throws IOException {
        return new SpeakingServer(text, true);
    }

    private void speak(String text, boolean drips) {
        try (Socket client = server.accept()) {
            if (client.getInputStream().read() < 0) {
                return;
            }
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
            while (drips && !closed.await(20, TimeUnit.MILLISECONDS)) {
                client.getOutputStream().write(' ');
            }
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException | InterruptedException gone) {
            // The client has heard enough.
        }
    }

    URI tokenEndpoint() {
        return URI.create("http://localhost:" + server.getLocalPort() + "/token");
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}

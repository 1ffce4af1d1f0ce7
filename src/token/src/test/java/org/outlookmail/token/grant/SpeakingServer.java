package org.outlookmail.token.grant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server that says the same to the first who connects, whatever he asks. */
final class SpeakingServer implements AutoCloseable {

    private final ServerSocket server;

    SpeakingServer(String text) throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> speak(text));
        thread.setDaemon(true);
        thread.start();
    }

    private void speak(String text) {
        try (Socket client = server.accept()) {
            if (client.getInputStream().read() < 0) {
                return;
            }
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException gone) {
            // The client has heard enough.
        }
    }

    URI tokenEndpoint() {
        return URI.create("http://localhost:" + server.getLocalPort() + "/token");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

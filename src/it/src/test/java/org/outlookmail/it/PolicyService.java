package org.outlookmail.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.sandbox.wire.TcpListener;
import org.outlookmail.sandbox.wire.Workers;

/**
 * Tells Postfix what to answer (its SMTP access policy delegation protocol): nothing of its own, unless a test wants it. Owns
 * a port and a thread for each process of Postfix that asks. Safe for any thread; whoever made it closes it, after Postfix.
 */
final class PolicyService implements AutoCloseable {

    /** When Postfix asks. */
    enum Stage {
        RECIPIENT("RCPT"),
        /** The whole message has come: where Exchange refuses a sender and the fourth submission at a time. */
        END_OF_DATA("END-OF-MESSAGE");

        private final String state;

        Stage(String state) {
            this.state = state;
        }
    }

    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final Workers workers = new Workers();
    private final TcpListener listener = TcpListener.open("policy service", 0, workers, this::serve);

    int port() {
        return listener.port();
    }

    /** Lets the next one get this reply, such as {@code 432 4.3.2 too many}; then all is as before. */
    void answerNext(Stage stage, String reply) {
        replies.put(stage.state, reply);
    }

    /** Forgets what no client has met. */
    void reset() {
        replies.clear();
    }

    /** Attributes, a line each, and an empty line; so often as Postfix likes. */
    private void serve(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
        String state = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("protocol_state=")) {
                state = line.substring(line.indexOf('=') + 1);
            } else if (line.isEmpty()) {
                String reply = replies.remove(state);
                out.write("action=" + (reply == null ? "DUNNO" : reply) + "\n\n");
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        listener.close();
        workers.close();
    }
}

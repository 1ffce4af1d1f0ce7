package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.outlookmail.mail.MailServer;

/**
 * The connection of one upload, which shows no token: to the server that Graph has named, perhaps another one than its own.
 *
 * <p>Thread rule: one use, one thread. Whoever made it closes it.
 */
final class UploadLine implements AutoCloseable {

    private static final int HTTPS = 443;
    private static final int NO_SUCH_SESSION = 404;

    private final GraphClient client;
    private final MailServer server;
    private HttpLine line;
    private boolean unsure;

    UploadLine(GraphClient client, MailServer server) {
        this.client = client;
        this.server = server;
    }

    /** Whether Graph has not confirmed the whole of it. */
    boolean unsure() {
        return unsure;
    }

    /**
     * Sends a piece.
     *
     * @param after the offset behind it
     * @return the offset that Graph wants next
     * @throws MessagingException refused or unanswered, not diagnosed
     */
    long put(GraphRequest piece, long after) throws MessagingException {
        GraphReply reply;
        try {
            reply = asked(piece);
        } catch (UnansweredException broken) {
            return wanted(piece, after, broken);
        }
        if (reply.success()) {
            return Upload.expected(reply.json(), after);
        }
        RefusedException refused = new RefusedException(piece, reply);
        boolean passes = reply.throttled() || reply.unavailable() || reply.unsettled() || reply.status() == 416;
        if (!passes || !client.waitedFor(reply, client.turn())) {
            throw refused;
        }
        return wanted(piece, after, refused);
    }

    /** Where to go on after a break; nobody knows how much has arrived but Graph. */
    private long wanted(GraphRequest piece, long after, MessagingException why) throws MessagingException {
        GraphReply reply = asked(new GraphRequest(piece.target()));
        if (reply.status() == NO_SUCH_SESSION) {
            unsure = true; // It is over: complete, or lost.
            return after;
        }
        if (!reply.success()) {
            throw why;
        }
        return Upload.expected(reply.json(), after);
    }

    private GraphReply asked(GraphRequest request) throws MessagingException {
        return client.counted(() -> {
            try {
                return exchange(request);
            } catch (IOException failure) {
                boolean heard = line != null && line.heard();
                close();
                throw new UnansweredException(request, heard, false, failure);
            }
        });
    }

    private GraphReply exchange(GraphRequest request) throws MessagingException, IOException {
        if (line == null || !line.reusable()) {
            close();
            line = client.lineTo(server);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", server.port() == HTTPS ? server.host() : server.host() + ":" + server.port());
        headers.putAll(request.headers());
        return line.exchange(request, headers);
    }

    @Override
    public void close() {
        if (line != null) {
            line.cut();
            line = null;
        }
    }
}

package org.outlookmail.mail.graph;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.wire.WireSockets;
import org.outlookmail.mail.wire.WriteTimeouts;

/**
 * One connection that speaks HTTP/1.1 (RFC 9112) over a socket of ours: by Apache HttpCore, which knows the grammar, while
 * the way there, TLS and every timeout are as for any mail server. Nothing is tried twice here.
 *
 * <p>Thread rule: one thread at a time; {@link #cut} from any. Whoever made it closes it.
 */
final class HttpLine {

    /** A page of a thousand messages is about three million octets. */
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    private static final int PART = 16 * 1024;

    private static final Http1Config GRAMMAR = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(200)
            .build();

    private final WireSockets sockets;
    private final MailServer server;
    private final MailTimeouts timeouts;
    private final WriteTimeouts writeTimeouts;
    private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(GRAMMAR);
    private volatile boolean heard;
    private volatile boolean reusable;
    private volatile boolean used;
    private volatile boolean late;
    private volatile long lastUse = System.nanoTime();

    HttpLine(WireSockets sockets, MailServer server, MailTimeouts timeouts, WriteTimeouts writeTimeouts) {
        this.sockets = sockets;
        this.server = server;
        this.timeouts = timeouts;
        this.writeTimeouts = writeTimeouts;
    }

    /** Where the content of an answer goes. */
    @FunctionalInterface
    interface Sink {
        void take(InputStream content) throws IOException;
    }

    /** Connects, and agrees on TLS. */
    void connect() throws IOException {
        Socket socket = sockets.factory().createSocket();
        boolean connected = false;
        try {
            try {
                socket.connect(
                        InetSocketAddress.createUnresolved(server.host(), server.port()),
                        Math.toIntExact(timeouts.connect().toMillis()));
            } catch (SocketTimeoutException silent) {
                ConnectException unreachable = new ConnectException(silent.getMessage());
                unreachable.initCause(silent);
                throw unreachable;
            }
            socket.setSoTimeout(Math.toIntExact(timeouts.read().toMillis()));
            http.bind(socket);
            http.flush(); // With which TLS begins.
            connected = true;
            reusable = true;
        } finally {
            if (!connected) {
                cut();
            }
        }
    }

    /** Whether another request may go over it, as far as that is known here. */
    boolean reusable() {
        return reusable && http.isOpen() && sockets.quiet();
    }

    /** Whether a request has gone over it, so that it had time to die. */
    boolean used() {
        return used;
    }

    /** Whether the server may have got the whole of the last request. */
    boolean heard() {
        return heard;
    }

    /** For how long nobody has used it. */
    long idleNanos() {
        return System.nanoTime() - lastUse;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param headers all that it has
     * @throws IOException the connection is of no more use then; {@link #heard} tells whether the server may have the request
     */
    GraphReply exchange(GraphRequest request, Map<String, String> headers) throws IOException {
        return exchange(request, headers, null);
    }

    /**
     * The same, with a place for the content of an answer of success, however large.
     *
     * @param sink null if the answer is JSON
     */
    GraphReply exchange(GraphRequest request, Map<String, String> headers, Sink sink) throws IOException {
        boolean whole = false;
        heard = false;
        late = false;
        try {
            send(request, headers);
            GraphReply reply = answer(request.method(), sink);
            whole = true;
            used = true;
            return reply;
        } catch (HttpException | RuntimeException malformed) {
            throw new IOException("the answer is not HTTP: " + malformed.getMessage(), malformed);
        } catch (NoHttpResponseException | ConnectionClosedException ended) {
            throw late ? timedOut(ended) : ended(ended);
        } catch (IOException failed) {
            throw late ? timedOut(failed) : failed;
        } finally {
            lastUse = System.nanoTime();
            sockets.unlimited();
            if (!whole || !reusable) {
                cut();
            }
        }
    }

    private static EOFException ended(IOException failed) {
        EOFException ended = new EOFException("the server ended the connection");
        ended.initCause(failed);
        return ended;
    }

    private static SocketTimeoutException timedOut(IOException failed) {
        SocketTimeoutException timedOut = new SocketTimeoutException("Write timed out");
        timedOut.initCause(failed);
        return timedOut;
    }

    private void send(GraphRequest request, Map<String, String> headers) throws IOException, HttpException {
        BasicClassicHttpRequest message = new BasicClassicHttpRequest(request.method(), request.target());
        headers.forEach(message::setHeader);
        byte[] body = request.body();
        if (body.length > 0 || !request.method().equals("GET")) {
            message.setHeader("Content-Length", Integer.toString(body.length));
        }
        if (body.length > 0) {
            message.setEntity(new Body(body, this::write));
        }
        http.sendRequestHeader(message);
        http.sendRequestEntity(message);
        heard = true;
        watched(http::flush);
    }

    /** Something that is written and may hang. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void watched(Writing writing) throws IOException {
        var watch = writeTimeouts.schedule(
                () -> {
                    late = true;
                    cut();
                },
                timeouts.write().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            writing.run();
        } finally {
            watch.cancel(false);
        }
    }

    private void write(byte[] body, OutputStream out) throws IOException {
        for (int start = 0; start < body.length; start += PART) {
            int from = start;
            int length = Math.min(PART, body.length - start);
            // With its last octet the request may be there.
            heard = from + length == body.length;
            watched(() -> out.write(body, from, length));
        }
    }

    private GraphReply answer(String method, Sink sink) throws IOException, HttpException {
        sockets.limitToOneReply();
        ClassicHttpResponse response = http.receiveResponseHeader();
        while (response.getCode() < 200) {
            response = http.receiveResponseHeader();
        }
        if (MessageSupport.canResponseHaveBody(method, response)) {
            http.receiveResponseEntity(response);
        }
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
        }
        boolean success = response.getCode() >= 200 && response.getCode() < 300;
        byte[] body = new byte[0];
        if (response.getEntity() != null) {
            try (InputStream raw = response.getEntity().getContent()) {
                InputStream content =
                        headers.getOrDefault("content-encoding", "").equalsIgnoreCase("gzip")
                                ? new GZIPInputStream(raw)
                                : raw;
                if (sink != null && success) {
                    sockets.unlimited(); // It takes its time; each read has a timeout.
                    sink.take(content);
                } else {
                    body = all(content);
                }
                raw.transferTo(OutputStream.nullOutputStream());
            }
        }
        reusable = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(null, response, HttpCoreContext.create());
        return GraphReply.of(response.getCode(), headers, body);
    }

    private static byte[] all(InputStream content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        for (int read = content.read(part); read >= 0; read = content.read(part)) {
            if (body.size() + read > LARGEST_ANSWER) {
                throw new IOException("the answer is larger than " + LARGEST_ANSWER + " octets");
            }
            body.write(part, 0, read);
        }
        return body.toByteArray();
    }

    /** Ends it at once, and whoever reads or writes there learns it. */
    void cut() {
        reusable = false;
        sockets.abort();
    }
}

package org.outlookmail.sandbox.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The little that the two HTTP servers share. Stateless. */
public final class Http {
    /** Larger bodies are cut off, so that no client can fill the memory. */
    private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    /** Backlog of both servers' sockets. */
    public static final int BACKLOG = 200;

    static {
        // The JDK's server sends head and body in two writes; with Nagle's algorithm the second waits 40 ms for the
        // client's delayed acknowledgement. The property is read once, when the first server of the JVM is made.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private Http() {}

    /** The address of a port on this machine only. */
    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * The request's body, if it has the media type; otherwise the client is told and there is none. Only where
     * {@code mayBeAbsent} a request without a body needs no type.
     */
    public static Optional<byte[]> body(HttpExchange exchange, String type, boolean mayBeAbsent) throws IOException {
        byte[] body = body(exchange);
        Optional<OwnRequests.Objection> objection = OwnRequests.toBody(exchange.getRequestHeaders(), type);
        if (objection.isEmpty() || (mayBeAbsent && body.length == 0)) {
            return Optional.of(body);
        }
        refuse(exchange, objection.get());
        return Optional.empty();
    }

    private static void refuse(HttpExchange exchange, OwnRequests.Objection objection) throws IOException {
        json(exchange, objection.status(), "{\"error\":\"" + objection.text() + "\"}");
    }

    /** The request's body. */
    public static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            return in.readNBytes(MAX_BODY_BYTES);
        }
    }

    /** The request's body as UTF-8. */
    public static String text(HttpExchange exchange) throws IOException {
        return new String(body(exchange), StandardCharsets.UTF_8);
    }

    /** Answers and ends the exchange. */
    public static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        // -1 is "no body": 0 would mean chunked.
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        exchange.close();
    }

    /** Answers with JSON. */
    public static void json(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, "application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The handler, for requests of this machine's programs only, with a log line and a 500 for what it did not foresee.
     */
    public static HttpHandler guarded(String purpose, HttpHandler handler) {
        return exchange -> {
            try {
                OwnRequests own = new OwnRequests(
                        exchange instanceof HttpsExchange ? "https" : "http",
                        exchange.getLocalAddress().getPort());
                Optional<OwnRequests.Objection> objection = own.to(exchange.getRequestHeaders());
                if (objection.isPresent()) {
                    refuse(exchange, objection.get());
                } else {
                    handler.handle(exchange);
                }
            } catch (RuntimeException e) {
                System.getLogger(Http.class.getName()).log(Level.ERROR, purpose + ": a request failed", e);
                json(exchange, 500, "{\"error\":\"the sandbox failed; see its log\"}");
            }
        };
    }
}

package org.outlookmail.sandbox.graph;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.outlookmail.sandbox.PortInUseException;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.SandboxState;
import org.outlookmail.sandbox.delivery.Delivery;
import org.outlookmail.sandbox.entra.TokenCheck;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.mailstore.MailStore;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.sandbox.wire.Http;
import org.outlookmail.sandbox.wire.Workers;

/** The HTTPS server of Graph: sizes, tokens, and how many requests at a time. Owns its port; the sandbox closes it. */
public final class GraphServer implements AutoCloseable {
    /** Of a request's body. */
    private static final int MAX_REQUEST = 4 * 1024 * 1024;

    /** Requests of an application for a mailbox at a time. */
    private static final int MAX_AT_A_TIME = 4;

    /** Octets of an answer. */
    private static final int WORTH_PACKING = 1000;

    private static final String VERSION = "/v1.0";

    private final HttpsServer server;
    private final TokenCheck tokens;
    private final GraphService service;
    private final GraphCounters counters = new GraphCounters();
    /** Application and mailbox → requests now. */
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /**
     * Opens the port and serves.
     *
     * @throws PortInUseException if another process has the port
     */
    public GraphServer(
            int port,
            Certificates certificates,
            Workers workers,
            Clock clock,
            TokenCheck tokens,
            MailStore store,
            Delivery delivery,
            Faults faults,
            List<SandboxSettings.ExchangeRole> roles) {
        this.tokens = tokens;
        try {
            server = HttpsServer.create(Http.loopback(port), Http.BACKLOG);
        } catch (IOException e) {
            throw new PortInUseException("Graph (HTTPS)", port, e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        server.setExecutor(workers.threads());
        service = new GraphService(clock, store, delivery, faults, roles, "https://localhost:" + port() + VERSION);
        server.createContext("/", Http.guarded("Graph", this::handle));
        server.start();
    }

    /** The port that was opened. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What was counted. */
    public SandboxState.Graph state() {
        return counters.state();
    }

    /** Counts from zero. */
    public void reset() {
        counters.reset();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MAX_REQUEST + 1);
            // The JDK's server cuts the connection of a client whose body it has not read.
            in.transferTo(OutputStream.nullOutputStream());
        }
        GraphAnswer answer;
        try {
            answer = answer(exchange, body);
        } catch (Struck.DroppedException dropped) {
            exchange.close();
            return;
        }
        counters.answered(answer.status());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] content = packed(exchange, answer.body());
        exchange.sendResponseHeaders(answer.status(), content.length == 0 ? -1 : content.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(content);
        }
        exchange.close();
    }

    /** Compressed, for a client that takes it, if it is worth it. */
    private static byte[] packed(HttpExchange exchange, byte[] body) throws IOException {
        String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
        if (body.length < WORTH_PACKING || !accepted.contains("gzip")) {
            return body;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        return packed.toByteArray();
    }

    private GraphAnswer answer(HttpExchange exchange, byte[] body) {
        String target = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        if (!target.startsWith(VERSION + "/")) {
            return service.error(GraphException.badRequest("BadRequest", "Invalid version: only v1.0 is served."));
        }
        if (body.length > MAX_REQUEST) {
            return service.error(new GraphException(413, "RequestEntityTooLarge", "The request is larger than 4 MB."));
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        String rest = target.substring(VERSION.length()) + (query == null ? "" : "?" + query);
        GraphCall call = new GraphCall(exchange.getRequestMethod(), rest, headers, body);
        counters.asked(call);
        return call.segment().equals("uploads") ? service.upload(call) : withToken(call);
    }

    private GraphAnswer withToken(GraphCall call) {
        TokenCheck.ForGraph token;
        try {
            token = token(call);
        } catch (GraphException e) {
            return service.error(e);
        }
        String key = token.clientId() + " " + call.segment(1).toLowerCase(Locale.ROOT);
        int now = running.merge(key, 1, Integer::sum);
        try {
            return now > MAX_AT_A_TIME
                    ? service.error(new GraphException(
                                    429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."))
                            .with("Retry-After", "1")
                    : service.answer(call, token);
        } finally {
            running.merge(key, -1, (have, less) -> have + less == 0 ? null : have + less);
        }
    }

    private TokenCheck.ForGraph token(GraphCall call) throws GraphException {
        String header = call.header("Authorization");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new GraphException(401, "InvalidAuthenticationToken", "Access token is empty.");
        }
        try {
            return tokens.checkForGraph(header.substring(7).strip());
        } catch (TokenCheck.TokenRefusedException e) {
            counters.refused(e.getMessage());
            throw new GraphException(401, "InvalidAuthenticationToken", "Access token validation failure.");
        }
    }

    /** Stops at once; requests in progress are cut. */
    @Override
    public void close() {
        server.stop(0);
    }
}

package org.outlookmail.sandbox.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.sandbox.PortInUseException;
import org.outlookmail.sandbox.wire.Http;
import org.outlookmail.sandbox.wire.Workers;

/**
 * The control API: plain HTTP on 127.0.0.1, for programs and not for web pages. Finds the route and turns what the box knows into JSON; all else is in
 * {@link SandboxControl}. Owns its port; the sandbox closes it.
 */
public final class ControlServer implements AutoCloseable {
    private static final String HELP = """
            Microsoft 365 in a box: the control API

            GET  /state                                    what was counted, and what the mailboxes hold
            GET  /mailboxes                                the mailboxes
            POST /mailboxes                                {"address":"a@contoso.com","sendAs":[...],"apps":[...]}
            GET  /mailboxes/{address}/messages             ?folder=INBOX  ?raw=true
            POST /mailboxes/{address}/messages             body: a MIME message to put there  ?folder=INBOX
            GET  /outbound                                 messages for people outside  ?raw=true
            POST /reset                                    counters and faults; mail stays
            POST /faults                                   {"delayMillis":20}, {"expireTokens":true}, ...
            POST /token                                    {"roles":["IMAP.AccessAsApp"]}: a token with changed claims
            POST /signin                                   {"userCode":"...","user":"a@contoso.com"}, or "decline":true
            POST /secrets                                  {"add":"second"}, {"expire":"first"}, {"remove":"first"}
            POST /assertions                               {"subject":"system:serviceaccount:shop:mailer"}: a cluster's token
            POST /federations                              {"subject":"..."}: it proves the default client; "issuer", ...
            GET  /google-key.json                          the key file of a Google service account of the box
            GET  /ca.pem                                   the certificate authority to trust

            Bodies are application/json, messages message/rfc822, and the header Content-Type says so.
            docs/sandbox.md tells the rest.
            """;

    private static final String JSON = "application/json";

    private final ObjectMapper mapper = new ObjectMapper();
    private final SandboxControl sandbox;
    private final HttpServer server;

    /**
     * Opens {@code port} (0: any) and serves.
     *
     * @throws PortInUseException if another process has the port
     */
    public ControlServer(int port, Workers workers, SandboxControl sandbox) {
        this.sandbox = sandbox;
        try {
            server = HttpServer.create(Http.loopback(port), Http.BACKLOG);
        } catch (IOException e) {
            throw new PortInUseException("the control API (HTTP)", port, e);
        }
        server.setExecutor(workers.threads());
        server.createContext("/", Http.guarded("Control API", this::handle));
        server.start();
    }

    /** The port that was opened. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            route(exchange, exchange.getRequestMethod(), path);
        } catch (JsonProcessingException e) {
            error(exchange, 400, "The body is no JSON: " + e.getOriginalMessage());
        } catch (NoSuchMailboxException e) {
            error(exchange, 404, e.getMessage());
        } catch (IllegalArgumentException e) {
            error(exchange, 400, e.getMessage());
        }
    }

    private void route(HttpExchange exchange, String method, String path) throws IOException {
        if (path.startsWith("/mailboxes/")) {
            messages(exchange, method, path);
            return;
        }
        switch (method + " " + path) {
            case "GET /" -> text(exchange, "text/plain; charset=utf-8", HELP);
            case "GET /state" -> json(exchange, 200, sandbox.state());
            case "GET /mailboxes" -> json(exchange, 200, sandbox.mailboxes());
            case "POST /mailboxes" -> createMailbox(exchange);
            case "GET /outbound" -> json(exchange, 200, Views.outbound(sandbox.outbound(), raw(exchange)));
            case "POST /reset" -> reset(exchange);
            case "POST /faults" -> faults(exchange);
            case "GET /faults" -> json(exchange, 200, sandbox.limits());
            case "POST /token" -> token(exchange);
            case "POST /signin" -> signIn(exchange);
            case "POST /secrets" -> secrets(exchange);
            case "POST /assertions" -> assertion(exchange);
            case "POST /federations" -> federate(exchange);
            case "GET /google-key.json" ->
                text(exchange, "application/json", sandbox.entra().googleServiceAccountKey());
            case "GET /ca.pem" -> text(exchange, "application/x-pem-file", sandbox.caPem());
            default -> error(exchange, 404, "There is no " + method + " " + path + "; GET / lists what there is");
        }
    }

    /** The body, which must be JSON; empty if the client has been told that it is none. */
    private static Optional<byte[]> body(HttpExchange exchange, boolean mayBeAbsent) throws IOException {
        return Http.body(exchange, JSON, mayBeAbsent);
    }

    private void reset(HttpExchange exchange) throws IOException {
        if (body(exchange, true).isPresent()) {
            sandbox.reset();
            json(exchange, 200, Map.of("reset", true));
        }
    }

    private void faults(HttpExchange exchange) throws IOException {
        Optional<byte[]> body = body(exchange, false);
        if (body.isPresent()) {
            sandbox.faults(new String(body.get(), StandardCharsets.UTF_8));
            json(exchange, 200, sandbox.limits());
        }
    }

    private void messages(HttpExchange exchange, String method, String path) throws IOException {
        String[] parts = path.split("/", -1);
        if (parts.length != 4 || !parts[3].equals("messages")) {
            error(exchange, 404, "There is no " + path + "; GET / lists what there is");
            return;
        }
        String address = parts[2];
        String folder = query(exchange).getOrDefault("folder", "INBOX");
        switch (method) {
            case "GET" -> json(exchange, 200, Views.stored(sandbox.messages(address, folder), raw(exchange)));
            case "POST" -> {
                Optional<byte[]> message = Http.body(exchange, "message/rfc822", false);
                if (message.isPresent()) {
                    json(exchange, 201, Map.of("uid", sandbox.deliver(address, folder, message.get())));
                }
            }
            default -> error(exchange, 405, "Use GET or POST");
        }
    }

    private void createMailbox(HttpExchange exchange) throws IOException {
        Optional<byte[]> sent = body(exchange, false);
        if (sent.isEmpty()) {
            return;
        }
        JsonNode body = mapper.readTree(sent.get());
        String address = body.path("address").asText("");
        if (address.isEmpty()) {
            throw new IllegalArgumentException("The body needs an \"address\"");
        }
        Set<String> apps = body.has("apps") ? strings(body.get("apps"), "apps") : null;
        sandbox.createMailbox(address, strings(body.path("sendAs"), "sendAs"), apps);
        json(exchange, 201, Map.of("address", address));
    }

    private void signIn(HttpExchange exchange) throws IOException {
        Optional<byte[]> sent = body(exchange, false);
        if (sent.isEmpty()) {
            return;
        }
        JsonNode body = mapper.readTree(sent.get());
        boolean decline = body.path("decline").asBoolean(false);
        String user = body.path("user").asText("");
        if (user.isEmpty() && !decline) {
            throw new IllegalArgumentException("The body needs a \"userCode\" and a \"user\", or \"decline\":true");
        }
        sandbox.entra().signIn(body.path("userCode").asText(""), decline ? "" : user);
        json(exchange, 200, Map.of("signedIn", !decline));
    }

    private void secrets(HttpExchange exchange) throws IOException {
        Optional<byte[]> sent = body(exchange, false);
        if (sent.isEmpty()) {
            return;
        }
        JsonNode body = mapper.readTree(sent.get());
        if (!body.has("add") && !body.has("expire") && !body.has("remove")) {
            throw new IllegalArgumentException("The body needs \"add\", \"expire\" or \"remove\"");
        }
        if (body.has("add")) {
            sandbox.entra().addSecret(body.get("add").asText());
        }
        if (body.has("expire")) {
            sandbox.entra().expireSecret(body.get("expire").asText());
        }
        if (body.has("remove")) {
            sandbox.entra().removeSecret(body.get("remove").asText());
        }
        json(exchange, 200, Map.of("done", true));
    }

    private void assertion(HttpExchange exchange) throws IOException {
        Optional<byte[]> sent = body(exchange, false);
        if (sent.isEmpty()) {
            return;
        }
        JsonNode body = mapper.readTree(sent.get());
        Map<String, Object> changes = new HashMap<>();
        body.path("claims")
                .properties()
                .forEach(entry -> changes.put(entry.getKey(), mapper.convertValue(entry.getValue(), Object.class)));
        json(exchange, 200, Map.of("assertion", sandbox.entra().assertion(subject(body), changes)));
    }

    private void federate(HttpExchange exchange) throws IOException {
        Optional<byte[]> sent = body(exchange, false);
        if (sent.isEmpty()) {
            return;
        }
        JsonNode body = mapper.readTree(sent.get());
        String client = body.path("client").asText(sandbox.clientId());
        String issuer = body.path("issuer").asText(sandbox.entra().clusterIssuer());
        String audience = body.path("audience").asText("api://AzureADTokenExchange");
        String keys =
                body.has("jwks") ? body.get("jwks").toString() : sandbox.entra().clusterKeys();
        sandbox.entra().federate(client, issuer, subject(body), audience, keys);
        json(exchange, 201, Map.of("issuer", issuer));
    }

    private static String subject(JsonNode body) {
        String subject = body.path("subject").asText("");
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("The body needs a \"subject\"");
        }
        return subject;
    }

    private void token(HttpExchange exchange) throws IOException {
        Optional<byte[]> sent = body(exchange, true);
        if (sent.isEmpty()) {
            return;
        }
        String body = new String(sent.get(), StandardCharsets.UTF_8);
        Map<String, Object> changes = new HashMap<>();
        if (!body.isBlank()) {
            JsonNode claims = mapper.readTree(body);
            if (!claims.isObject()) {
                throw new IllegalArgumentException("The body must be an object of claims");
            }
            claims.properties()
                    .forEach(entry -> changes.put(entry.getKey(), mapper.convertValue(entry.getValue(), Object.class)));
        }
        json(exchange, 200, Map.of("access_token", sandbox.token(changes), "token_type", "Bearer"));
    }

    private static Set<String> strings(JsonNode list, String name) {
        Set<String> strings = new HashSet<>();
        if (!list.isMissingNode() && !list.isArray()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a list of strings");
        }
        list.forEach(each -> strings.add(each.asText()));
        return strings;
    }

    private static boolean raw(HttpExchange exchange) {
        return Boolean.parseBoolean(query(exchange).getOrDefault("raw", "false"));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private void json(HttpExchange exchange, int status, Object body) throws IOException {
        Http.json(exchange, status, mapper.writeValueAsString(body));
    }

    private void error(HttpExchange exchange, int status, String text) throws IOException {
        json(exchange, status, Map.of("error", text));
    }

    private static void text(HttpExchange exchange, String type, String text) throws IOException {
        Http.answer(exchange, 200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Stops at once; requests in progress are cut. */
    @Override
    public void close() {
        server.stop(0);
    }
}

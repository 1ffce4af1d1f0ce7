package org.outlookmail.sandbox.metadata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.outlookmail.sandbox.PortInUseException;
import org.outlookmail.sandbox.SandboxState;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.faults.TokenFault;
import org.outlookmail.sandbox.wire.Http;
import org.outlookmail.sandbox.wire.Pause;
import org.outlookmail.sandbox.wire.Workers;

/**
 * What an Azure machine finds beside itself: the metadata service's token endpoint (IMDS) and that of App Service, plain HTTP
 * both. Safe for any thread. Owns its port; the sandbox closes it.
 */
public final class MetadataServer implements AutoCloseable {
    private static final String MACHINE = "/metadata/identity/oauth2/token";
    private static final String APP_SERVICE = "/msi/token";

    private final ObjectMapper mapper = new ObjectMapper();
    private final String header = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    private final HttpServer server;
    private final Identities identities;
    private final Faults faults;
    private long requests;
    private long issued;
    private long refused;

    /** Who the machine is. */
    public interface Identities {
        /** The client id of an identity that has been assigned; empty text is the machine's own. Empty if there is none. */
        Optional<String> assigned(String clientId);

        /** A token of that identity; empty if the tenant does not have the resource. */
        Optional<Token> token(String clientId, String resource);
    }

    /** A token and its end. */
    public record Token(String value, Instant now, Instant expires) {
        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Token[expires=" + expires + "]";
        }
    }

    /**
     * Opens the port and serves.
     *
     * @throws PortInUseException if another process has the port
     */
    public MetadataServer(int port, Workers workers, Faults faults, Identities identities) {
        this.identities = identities;
        this.faults = faults;
        try {
            server = HttpServer.create(Http.loopback(port), Http.BACKLOG);
        } catch (IOException e) {
            throw new PortInUseException("the metadata service (HTTP)", port, e);
        }
        server.setExecutor(workers.threads());
        server.createContext("/", Http.guarded("Metadata service", this::handle));
        server.start();
    }

    /** The port that was opened. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What App Service tells its applications alone; new at each start. */
    public String header() {
        return header;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Http.body(exchange);
        count();
        Pause.millis(faults.limits().delayMillis());
        Optional<TokenFault> fault = faults.takeMetadata();
        if (fault.isPresent()) {
            Pause.millis(fault.get().stallMillis());
            if (fault.get().status() != 0) {
                fail(exchange, fault.get());
                return;
            }
        }
        boolean appService = exchange.getRequestURI().getPath().equals(APP_SERVICE);
        Answer answer = appService ? ofAppService(exchange, query(exchange)) : ofMachine(exchange, query(exchange));
        counted(answer.status() == 200);
        Http.json(exchange, answer.status(), answer.json().toString());
    }

    private record Answer(int status, ObjectNode json) {}

    private Answer ofMachine(HttpExchange exchange, Map<String, String> query) {
        if (!exchange.getRequestURI().getPath().equals(MACHINE)) {
            return refusal(404, "not_found", "The sandbox's metadata service has only " + MACHINE);
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return refusal(405, "method_not_allowed", "Use GET");
        }
        // What only a program can send, and what no proxy that was tricked into it leaves out.
        if (!"true".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Metadata"))
                || exchange.getRequestHeaders().containsKey("X-Forwarded-For")) {
            return refusal(400, "invalid_request", "Required metadata header not specified");
        }
        if (!query.getOrDefault("api-version", "").matches("\\d{4}-\\d\\d-\\d\\d")) {
            ObjectNode json = mapper.createObjectNode();
            json.put(
                    "error",
                    "Bad request. api-version was not specified in the request. For more information refer to"
                            + " aka.ms/azureimds");
            json.putArray("newest-versions").add("2021-12-13").add("2018-02-01");
            return new Answer(400, json);
        }
        String resource = query.getOrDefault("resource", "");
        if (resource.isEmpty()) {
            return refusal(400, "invalid_request", "Required query variable 'resource' is missing");
        }
        Optional<String> identity = assigned(query);
        if (identity.isEmpty()) {
            return refusal(400, "invalid_request", "Identity not found");
        }
        Optional<Token> token = identities.token(identity.get(), resource);
        if (token.isEmpty()) {
            return refusal(400, "invalid_resource", unknown(resource));
        }
        ObjectNode json = token(token.get(), identity.get(), resource);
        String seconds = Long.toString(
                token.get().expires().getEpochSecond() - token.get().now().getEpochSecond() - 1);
        json.put("expires_in", seconds);
        json.put("ext_expires_in", seconds);
        json.put("not_before", Long.toString(token.get().now().minusSeconds(300).getEpochSecond()));
        return new Answer(200, json);
    }

    private Answer ofAppService(HttpExchange exchange, Map<String, String> query) {
        String shown = exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER");
        if (shown == null
                || !MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8))) {
            return message(401, "The header X-IDENTITY-HEADER is missing or wrong.");
        }
        if (!query.getOrDefault("api-version", "").equals("2019-08-01")) {
            return message(400, "The api-version is missing or not supported.");
        }
        String resource = query.getOrDefault("resource", "");
        if (resource.isEmpty()) {
            return message(400, "The resource is missing.");
        }
        Optional<String> identity = assigned(query);
        if (identity.isEmpty()) {
            return message(
                    400,
                    query.containsKey("client_id")
                            ? "No User Assigned or Delegated Managed Identity found for specified"
                                    + " ClientId/ResourceId/PrincipalId."
                            : "Unable to load the proper Managed Identity.");
        }
        Optional<Token> token = identities.token(identity.get(), resource);
        return token.isEmpty()
                ? message(400, unknown(resource))
                : new Answer(200, token(token.get(), identity.get(), resource));
    }

    private Optional<String> assigned(Map<String, String> query) {
        return faults.limits().noIdentity()
                ? Optional.empty()
                : identities.assigned(query.getOrDefault("client_id", ""));
    }

    private static String unknown(String resource) {
        return "AADSTS500011: The resource principal named " + resource + " was not found in the tenant named Contoso.";
    }

    /** What both say, numbers as strings. */
    private ObjectNode token(Token token, String clientId, String resource) {
        ObjectNode json = mapper.createObjectNode();
        json.put("access_token", token.value());
        json.put("client_id", clientId);
        json.put("expires_on", Long.toString(token.expires().getEpochSecond()));
        json.put("resource", resource);
        json.put("token_type", "Bearer");
        return json;
    }

    private Answer refusal(int status, String error, String description) {
        return new Answer(status, mapper.createObjectNode().put("error", error).put("error_description", description));
    }

    private Answer message(int status, String text) {
        return new Answer(
                status,
                mapper.createObjectNode()
                        .put("statusCode", status)
                        .put("message", text)
                        .put("correlationId", UUID.randomUUID().toString()));
    }

    private void fail(HttpExchange exchange, TokenFault fault) throws IOException {
        counted(false);
        if (fault.retryAfterSeconds() >= 0) {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(fault.retryAfterSeconds()));
        }
        String type = fault.body().stripLeading().startsWith("{") ? "application/json; charset=utf-8" : "text/html";
        Http.answer(exchange, fault.status(), type, fault.body().getBytes(StandardCharsets.UTF_8));
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

    private synchronized void count() {
        requests++;
    }

    private synchronized void counted(boolean success) {
        issued += success ? 1 : 0;
        refused += success ? 0 : 1;
    }

    /** What was counted. */
    public synchronized SandboxState.Metadata state() {
        return new SandboxState.Metadata(requests, issued, refused);
    }

    /** Counts from zero. */
    public synchronized void reset() {
        requests = 0;
        issued = 0;
        refused = 0;
    }

    /** Stops at once; requests in progress are cut. */
    @Override
    public void close() {
        server.stop(0);
    }
}

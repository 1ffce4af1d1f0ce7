package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.util.List;
import org.outlookmail.sandbox.PortInUseException;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.sandbox.wire.Http;
import org.outlookmail.sandbox.wire.Workers;

/**
 * The HTTPS server of Entra: token endpoint, discovery document and keys, for one tenant. Owns its port; the sandbox closes
 * it.
 */
public final class EntraServer implements AutoCloseable {
    private static final String JSON = "application/json; charset=utf-8";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpsServer server;
    private final Directory directory;
    private final TokenEndpoint tokens;
    private final KeyDocument keys;
    private final DeviceEndpoint devices;
    private final TokenEndpoint google;
    private final TokenEndpoint generic;

    private EntraServer(
            HttpsServer server,
            Directory directory,
            TokenEndpoint tokens,
            KeyDocument keys,
            DeviceEndpoint devices,
            TokenEndpoint google,
            TokenEndpoint generic) {
        this.devices = devices;
        this.google = google;
        this.generic = generic;
        this.server = server;
        this.directory = directory;
        this.tokens = tokens;
        this.keys = keys;
    }

    /** What is served. */
    record Endpoints(
            Directory directory,
            TokenEndpoint tokens,
            KeyDocument keys,
            DeviceEndpoint devices,
            TokenEndpoint google,
            TokenEndpoint generic) {}

    /**
     * Opens the port; nothing is served yet.
     *
     * @throws PortInUseException if another process has the port
     */
    static HttpsServer listen(int port, Certificates certificates, Workers workers) {
        try {
            HttpsServer server = HttpsServer.create(Http.loopback(port), Http.BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
            server.setExecutor(workers.threads());
            return server;
        } catch (IOException e) {
            throw new PortInUseException("Entra (HTTPS)", port, e);
        }
    }

    /** Serves on a port that is open. */
    static EntraServer serve(HttpsServer server, Endpoints endpoints) {
        EntraServer entra = new EntraServer(
                server,
                endpoints.directory(),
                endpoints.tokens(),
                endpoints.keys(),
                endpoints.devices(),
                endpoints.google(),
                endpoints.generic());
        server.createContext("/", Http.guarded("Entra", entra::handle));
        server.start();
        return entra;
    }

    /** The port that was opened. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        List<String> parts = List.of(path.substring(1).split("/", 2));
        if (parts.size() < 2) {
            notFound(exchange, path);
            return;
        }
        String tenant = parts.get(0);
        if (path.equals("/google/token") || path.equals("/oauth/token")) {
            if (method(exchange, "POST")) {
                (tenant.equals("google") ? google : generic).handle(exchange, tenant);
            }
            return;
        }
        switch (parts.get(1)) {
            case "oauth2/v2.0/token" -> {
                if (method(exchange, "POST")) {
                    tokens.handle(exchange, tenant);
                }
            }
            case "oauth2/v2.0/devicecode" -> {
                if (method(exchange, "POST")) {
                    startSignIn(exchange, tenant);
                }
            }
            case "oauth2/deviceauth" -> devices.page(exchange);
            case "v2.0/.well-known/openid-configuration" -> document(exchange, tenant, discovery(tenant));
            case "discovery/v2.0/keys", "discovery/keys" -> document(exchange, tenant, keys.json());
            default -> notFound(exchange, path);
        }
    }

    private void startSignIn(HttpExchange exchange, String tenant) throws IOException {
        try {
            devices.start(exchange, tenant, "https://localhost:" + port() + "/common/oauth2/deviceauth");
        } catch (EntraRefusedException e) {
            tokens.refuse(exchange, e.error());
        }
    }

    private void document(HttpExchange exchange, String tenant, String json) throws IOException {
        if (!method(exchange, "GET")) {
            return;
        }
        try {
            directory.checkTenant(tenant);
        } catch (EntraRefusedException e) {
            tokens.refuse(exchange, e.error());
            return;
        }
        Http.json(exchange, 200, json);
    }

    private String discovery(String tenant) {
        String base = "https://localhost:" + port() + "/" + tenant;
        ObjectNode document = mapper.createObjectNode();
        document.put("token_endpoint", base + "/oauth2/v2.0/token");
        document.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("client_secret_basic")
                .add("private_key_jwt");
        document.put("jwks_uri", base + "/discovery/v2.0/keys");
        document.putArray("response_types_supported").add("code");
        document.putArray("subject_types_supported").add("pairwise");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("scopes_supported")
                .add("openid")
                .add("profile")
                .add("email")
                .add("offline_access");
        // Entra's own discovery names this issuer, while tokens for Exchange carry that of version 1.0.
        document.put("issuer", "https://login.microsoftonline.com/" + tenant + "/v2.0");
        document.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
        document.put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode");
        document.put("tenant_region_scope", "EU");
        document.put("cloud_instance_name", "microsoftonline.com");
        document.put("msgraph_host", "graph.microsoft.com");
        return document.toString();
    }

    private static boolean method(HttpExchange exchange, String method) throws IOException {
        if (exchange.getRequestMethod().equals(method)) {
            return true;
        }
        exchange.getResponseHeaders().set("Allow", method);
        Http.answer(exchange, 405, JSON, new byte[0]);
        return false;
    }

    private void notFound(HttpExchange exchange, String path) throws IOException {
        ObjectNode body = mapper.createObjectNode();
        body.put("error", "not_found");
        body.put("error_description", "The sandbox's Entra has nothing at " + path);
        Http.json(exchange, 404, body.toString());
    }

    /** Stops at once; requests in progress are cut. */
    @Override
    public void close() {
        server.stop(0);
    }
}

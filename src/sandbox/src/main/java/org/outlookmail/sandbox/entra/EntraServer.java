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
 * The HTTPS server of Entra, for one tenant, and of the two providers beside it: which path leads where. Owns its port; the
 * sandbox closes it.
 */
public final class EntraServer implements AutoCloseable {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String USER_REALM = "userrealm/";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpsServer server;
    private final Endpoints endpoints;

    private EntraServer(HttpsServer server, Endpoints endpoints) {
        this.server = server;
        this.endpoints = endpoints;
    }

    /** What is served. */
    record Endpoints(
            Directory directory,
            TokenEndpoint tokens,
            KeyDocument keys,
            DiscoveryDocument discovery,
            UserRealm realm,
            DeviceEndpoint devices,
            AuthorizeEndpoint authorize,
            ClusterIssuer cluster,
            TokenEndpoint google,
            TokenEndpoint generic) {}

    /** A document that may be refused. */
    private interface Document {
        String json() throws EntraRefusedException;
    }

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
        EntraServer entra = new EntraServer(server, endpoints);
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
        String rest = parts.get(1);
        if (path.equals("/google/token") || path.equals("/oauth/token")) {
            if (method(exchange, "POST")) {
                (tenant.equals("google") ? endpoints.google() : endpoints.generic()).handle(exchange, tenant);
            }
            return;
        }
        if (tenant.equals("cluster")) {
            cluster(exchange, rest);
            return;
        }
        switch (rest) {
            case "oauth2/v2.0/token", "oauth2/v2.0/devicecode" -> {
                if (method(exchange, "POST")) {
                    called(exchange, tenant, rest);
                }
            }
            case "oauth2/v2.0/authorize", "oauth2/deviceauth" -> {
                if (method(exchange, "GET", "POST")) {
                    visited(exchange, tenant, rest);
                }
            }
            default -> document(exchange, tenant, rest);
        }
    }

    /** The issuer beside Entra, whose keys Entra fetches there. */
    private void cluster(HttpExchange exchange, String name) throws IOException {
        switch (name) {
            case ".well-known/openid-configuration" ->
                Http.json(exchange, 200, endpoints.cluster().discovery());
            case "openid/v1/jwks" ->
                Http.json(exchange, 200, endpoints.cluster().keys().toString());
            default -> notFound(exchange, "/cluster/" + name);
        }
    }

    /** By a program. */
    private void called(HttpExchange exchange, String tenant, String name) throws IOException {
        if (name.endsWith("devicecode")) {
            startSignIn(exchange, tenant);
        } else {
            endpoints.tokens().handle(exchange, tenant);
        }
    }

    /** By a user's browser. */
    private void visited(HttpExchange exchange, String tenant, String name) throws IOException {
        if (name.endsWith("authorize")) {
            endpoints.authorize().handle(exchange, tenant);
        } else {
            endpoints.devices().page(exchange);
        }
    }

    private void document(HttpExchange exchange, String tenant, String name) throws IOException {
        switch (name) {
            case "v2.0/.well-known/openid-configuration" ->
                answer(exchange, tenant, () -> endpoints.discovery().openId(tenant));
            case "discovery/v2.0/keys", "discovery/keys" ->
                answer(exchange, tenant, () -> endpoints.keys().json());
            case "discovery/instance" ->
                answer(
                        exchange,
                        tenant,
                        () -> endpoints
                                .discovery()
                                .instance(query(exchange, "1.0", "1.1").required("authorization_endpoint")));
            default -> {
                if (name.startsWith(USER_REALM)) {
                    String user = name.substring(USER_REALM.length());
                    answer(exchange, tenant, () -> {
                        query(exchange, "1.0");
                        return endpoints.realm().json(user);
                    });
                } else {
                    notFound(exchange, "/" + tenant + "/" + name);
                }
            }
        }
    }

    private void startSignIn(HttpExchange exchange, String tenant) throws IOException {
        try {
            String page = "https://localhost:" + port() + "/common/oauth2/deviceauth";
            endpoints.devices().start(exchange, tenant, page);
        } catch (EntraRefusedException e) {
            endpoints.tokens().refuse(exchange, e.error());
        }
    }

    private void answer(HttpExchange exchange, String tenant, Document document) throws IOException {
        if (!method(exchange, "GET")) {
            return;
        }
        String json;
        try {
            endpoints.directory().checkTenant(tenant);
            json = document.json();
        } catch (EntraRefusedException e) {
            endpoints.tokens().refuse(exchange, e.error());
            return;
        }
        TokenEndpoint.headers(exchange);
        Http.json(exchange, 200, json);
    }

    /** The query of a document that has versions. */
    private static TokenRequest query(HttpExchange exchange, String... versions) throws EntraRefusedException {
        TokenRequest query = TokenRequest.once(exchange.getRequestURI().getRawQuery());
        String version = query.optional("api-version");
        if (version.isEmpty()) {
            throw new EntraRefusedException(SignInErrors.apiVersionMissing());
        }
        if (!List.of(versions).contains(version)) {
            throw new EntraRefusedException(SignInErrors.parameterInvalid("api-version"));
        }
        return query;
    }

    private static boolean method(HttpExchange exchange, String... methods) throws IOException {
        if (List.of(methods).contains(exchange.getRequestMethod())) {
            return true;
        }
        // The JDK's server cuts the connection of a client whose body it has not read.
        Http.body(exchange);
        exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
        Http.answer(exchange, 405, JSON, new byte[0]);
        return false;
    }

    private void notFound(HttpExchange exchange, String path) throws IOException {
        Http.body(exchange);
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

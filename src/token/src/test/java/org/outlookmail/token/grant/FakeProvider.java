package org.outlookmail.token.grant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A token endpoint that gives one answer to everybody and remembers what it was asked. */
final class FakeProvider implements AutoCloseable {

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Answer answer = new Answer(500, "application/json", "{}", Map.of());

    /** A request. */
    record Asked(String method, Map<String, List<String>> headers, Map<String, String> form) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private record Answer(int status, String contentType, String body, Map<String, String> headers) {}

    FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(exchange.getRequestMethod(), Map.copyOf(exchange.getRequestHeaders()), form(body)));
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] said = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), said.length == 0 ? -1 : said.length);
            exchange.getResponseBody().write(said);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    URI tokenEndpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    /** The answer from now on, in JSON. */
    FakeProvider answers(int status, String json) {
        return answers(status, "application/json", json, Map.of());
    }

    FakeProvider answers(int status, String contentType, String body, Map<String, String> headers) {
        answer = new Answer(status, contentType, body, headers);
        return this;
    }

    /** The error of RFC 6749, section 5.2. */
    FakeProvider refuses(int status, String error, String description) {
        return answers(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    List<Asked> asked() {
        return asked;
    }

    Asked onlyRequest() {
        if (asked.size() != 1) {
            throw new AssertionError("asked " + asked.size() + " times");
        }
        return asked.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

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
import java.util.function.Function;

/** A token endpoint that says what it is told to say and remembers what it was asked. */
final class FakeProvider implements AutoCloseable {

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Answer> answers = request -> new Answer(500, "application/json", "{}", Map.of());

    /** A request. */
    record Asked(String method, Map<String, List<String>> headers, Map<String, String> form) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    /** What it says. */
    record Answer(int status, String contentType, String body, Map<String, String> headers) {

        static Answer token(String value) {
            return new Answer(
                    200,
                    "application/json",
                    "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":3599}",
                    Map.of());
        }

        /** The error of RFC 6749, section 5.2. */
        static Answer refusal(int status, String error, String description) {
            return new Answer(
                    status,
                    "application/json",
                    "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}",
                    Map.of());
        }
    }

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
            Asked request =
                    new Asked(exchange.getRequestMethod(), Map.copyOf(exchange.getRequestHeaders()), form(body));
            asked.add(request);
            Answer answer = answers.apply(request);
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
        return answers(request -> new Answer(status, contentType, body, headers));
    }

    FakeProvider refuses(int status, String error, String description) {
        return answers(request -> Answer.refusal(status, error, description));
    }

    /** The answers from now on, each by its request. */
    FakeProvider answers(Function<Asked, Answer> each) {
        answers = each;
        return this;
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

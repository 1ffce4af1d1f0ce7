package org.outlookmail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A plain HTTP client for the Graph of a box. */
final class GraphClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Sandbox box;
    private final HttpClient http;
    private String token;

    /** What came back. */
    record Answer(HttpResponse<byte[]> whole) {
        int status() {
            return whole.statusCode();
        }

        byte[] body() {
            return whole.body();
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String code() {
            return json().path("error").path("code").asText();
        }
    }

    GraphClient(Sandbox box) {
        this.box = box;
        this.http = HttpClient.newBuilder().sslContext(box.sslContext()).build();
        permissions("Mail.Send", "Mail.ReadWrite");
    }

    GraphClient permissions(String... roles) {
        token = box.issueToken(Map.of("aud", "https://graph.microsoft.com", "roles", List.of(roles)));
        return this;
    }

    GraphClient token(String other) {
        token = other;
        return this;
    }

    Answer get(String path, String... headers) throws Exception {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String json, String... headers) throws Exception {
        return send("POST", path, json, headers);
    }

    Answer mime(String path, byte[] mime) throws Exception {
        String body = Base64.getEncoder().encodeToString(mime);
        return send("POST", path, body, "Content-Type", "text/plain");
    }

    Answer send(String method, String path, String body, String... headers) throws Exception {
        return sendOctets(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer sendOctets(String method, String path, byte[] body, String... headers) throws Exception {
        URI uri = path.startsWith("https:") ? URI.create(path) : URI.create(box.graphUrl() + path.replace(" ", "%20"));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!token.isEmpty()) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        request.setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    }
}

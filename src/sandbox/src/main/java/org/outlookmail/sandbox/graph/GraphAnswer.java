package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer. Immutable, but for the body, which nobody changes. */
final class GraphAnswer {
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final JsonNode json;
    private final byte[] body;

    private GraphAnswer(int status, String type, JsonNode json, byte[] body) {
        this.status = status;
        this.json = json;
        this.body = body;
        if (!type.isEmpty()) {
            headers.put("Content-Type", type);
        }
    }

    static GraphAnswer json(int status, JsonNode body) {
        return new GraphAnswer(
                status, "application/json; charset=utf-8", body, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static GraphAnswer empty(int status) {
        return new GraphAnswer(status, "", null, new byte[0]);
    }

    static GraphAnswer octets(String type, byte[] body) {
        return new GraphAnswer(200, type, null, body);
    }

    static GraphAnswer error(GraphException error, String date, String requestId) {
        var body = GraphCall.MAPPER.createObjectNode();
        body.putObject("error")
                .put("code", error.code())
                .put("message", error.getMessage())
                .putObject("innerError")
                .put("date", date)
                .put("request-id", requestId)
                .put("client-request-id", requestId);
        GraphAnswer answer = json(error.status(), body);
        int seconds = error.retryAfterSeconds();
        return seconds < 0 ? answer : answer.with("Retry-After", Integer.toString(seconds));
    }

    GraphAnswer with(String header, String value) {
        GraphAnswer copy = new GraphAnswer(status, "", json, body);
        copy.headers.putAll(headers);
        copy.headers.put(header, value);
        return copy;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body, if it is JSON; else null. */
    JsonNode json() {
        return json;
    }

    byte[] body() {
        return body;
    }
}

package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request, whether it came by itself or in a batch. Immutable, but for the body, which nobody changes. */
final class GraphCall {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final String method;
    private final List<String> path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;

    /** {@code target} is the path behind the version, with the query. */
    GraphCall(String method, String target, Map<String, String> headers, byte[] body) {
        this.method = method.toUpperCase(Locale.ROOT);
        this.headers = new HashMap<>();
        headers.forEach((name, value) -> this.headers.put(name.toLowerCase(Locale.ROOT), value));
        this.body = body;
        int question = target.indexOf('?');
        String raw = question < 0 ? target : target.substring(0, question);
        List<String> segments = new ArrayList<>();
        for (String segment : raw.split("/", -1)) {
            if (!segment.isEmpty()) {
                // A plus is a plus in a path.
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        this.path = List.copyOf(segments);
        this.query = new HashMap<>();
        if (question >= 0) {
            for (String pair : target.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
    }

    private GraphCall(GraphCall other, List<String> path) {
        this.method = other.method;
        this.path = path;
        this.query = other.query;
        this.headers = other.headers;
        this.body = other.body;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** All segments that are left. */
    List<String> path() {
        return path;
    }

    String method() {
        return method;
    }

    /** The first segment that is left; empty if none is. */
    String segment() {
        return path.isEmpty() ? "" : path.get(0);
    }

    /** The same request without its first segments. */
    GraphCall behind(int segments) {
        return new GraphCall(this, path.subList(Math.min(segments, path.size()), path.size()));
    }

    int segments() {
        return path.size();
    }

    String segment(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    /** A parameter such as {@code $top}; empty if it is not there. */
    String query(String name) {
        return query.getOrDefault(name, "");
    }

    /** All parameters. */
    Map<String, String> query() {
        return query;
    }

    /** A header; empty if it is not there. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean immutableIds() {
        return header("Prefer").toLowerCase(Locale.ROOT).replace("\"", "").contains("idtype=immutableid");
    }

    byte[] body() {
        return body;
    }

    boolean isText() {
        return header("Content-Type").toLowerCase(Locale.ROOT).startsWith("text/plain");
    }

    /** The body as an object; an empty one if there is none. */
    ObjectNode json() throws GraphException {
        if (body.length == 0) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode read = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw GraphException.badRequest(
                    "BadRequest", "Unable to read JSON request payload. " + e.getOriginalMessage());
        }
        throw GraphException.badRequest("BadRequest", "Unable to read JSON request payload: it is no object.");
    }
}

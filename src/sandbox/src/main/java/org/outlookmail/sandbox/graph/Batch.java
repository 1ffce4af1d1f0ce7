package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** {@code POST /$batch}: up to twenty requests in one. Stateless. */
final class Batch {
    private static final int MOST = 20;

    private Batch() {}

    /** {@code one} answers each of the requests. */
    static GraphAnswer answer(GraphCall call, Function<GraphCall, GraphAnswer> one) throws GraphException {
        if (!call.method().equals("POST")) {
            throw GraphException.methodNotAllowed();
        }
        JsonNode requests = call.json().path("requests");
        if (!requests.isArray() || requests.isEmpty() || requests.size() > MOST) {
            throw GraphException.badRequest(
                    "BadRequest", "Invalid batch payload format: requests must be a list of 1 to " + MOST + ".");
        }
        Map<String, Integer> statuses = new HashMap<>();
        ObjectNode json = GraphCall.MAPPER.createObjectNode();
        ArrayNode responses = json.putArray("responses");
        for (JsonNode request : requests) {
            String id = request.path("id").asText();
            if (id.isEmpty() || statuses.containsKey(id)) {
                throw GraphException.badRequest("BadRequest", "Each request of a batch needs an id of its own.");
            }
            GraphAnswer answer = failed(request, statuses) ? dependency() : one.apply(inner(request));
            statuses.put(id, answer.status());
            responses.add(response(id, answer));
        }
        return GraphAnswer.json(200, json);
    }

    private static boolean failed(JsonNode request, Map<String, Integer> statuses) {
        for (JsonNode other : request.path("dependsOn")) {
            int status = statuses.getOrDefault(other.asText(), 400);
            if (status >= 400) {
                return true;
            }
        }
        return false;
    }

    private static GraphAnswer dependency() {
        ObjectNode body = GraphCall.MAPPER.createObjectNode();
        body.putObject("error")
                .put("code", "FailedDependency")
                .put("message", "The request was not executed because one that it depends on has failed.");
        return GraphAnswer.json(424, body);
    }

    private static GraphCall inner(JsonNode request) {
        Map<String, String> headers = new HashMap<>();
        request.path("headers")
                .properties()
                .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
        JsonNode body = request.path("body");
        byte[] octets = new byte[0];
        if (body.isTextual()) {
            octets = body.asText().getBytes(StandardCharsets.UTF_8);
        } else if (!body.isMissingNode()) {
            octets = body.toString().getBytes(StandardCharsets.UTF_8);
        }
        return new GraphCall(
                request.path("method").asText(), request.path("url").asText(), headers, octets);
    }

    private static ObjectNode response(String id, GraphAnswer answer) {
        ObjectNode response = GraphCall.MAPPER.createObjectNode();
        response.put("id", id);
        response.put("status", answer.status());
        ObjectNode headers = response.putObject("headers");
        answer.headers().forEach(headers::put);
        if (answer.json() != null) {
            response.set("body", answer.json());
        } else if (answer.body().length > 0) {
            response.put("body", Base64.getEncoder().encodeToString(answer.body()));
        }
        return response;
    }
}

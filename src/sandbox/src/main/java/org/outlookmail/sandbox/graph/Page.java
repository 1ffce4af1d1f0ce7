package org.outlookmail.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A page of a list, with the link to the next ($top, $skip, $count). Stateless. */
final class Page {
    private static final int USUAL = 10;
    private static final int MOST = 1000;

    private Page() {}

    static <T> GraphAnswer of(MailboxCall asked, List<T> all, Function<T, JsonNode> json) throws GraphException {
        GraphCall call = asked.call();
        int top = number(call, "$top", USUAL);
        int skip = number(call, "$skip", 0);
        if (top < 1 || top > MOST) {
            throw GraphException.badRequest(
                    "ErrorInvalidUrlQuery", "The $top query parameter must be between 1 and " + MOST + ".");
        }
        ObjectNode page = GraphCall.MAPPER.createObjectNode();
        if (call.query("$count").equalsIgnoreCase("true")) {
            page.put("@odata.count", all.size());
        }
        ArrayNode value = page.putArray("value");
        all.stream().skip(skip).limit(top).map(json).forEach(value::add);
        if (skip + top < all.size()) {
            Map<String, String> next = new TreeMap<>(call.query());
            next.put("$skip", Integer.toString(skip + top));
            page.put("@odata.nextLink", link(asked.base(), next));
        }
        return GraphAnswer.json(200, page);
    }

    static String link(String base, Map<String, String> query) {
        return base
                + query.entrySet().stream()
                        .map(each -> URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8) + "="
                                + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    static int number(GraphCall call, String name, int otherwise) throws GraphException {
        String text = call.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,7}")) {
            throw GraphException.badRequest(
                    "ErrorInvalidUrlQuery", "The query parameter " + name + " is no number: " + text);
        }
        return Integer.parseInt(text);
    }
}

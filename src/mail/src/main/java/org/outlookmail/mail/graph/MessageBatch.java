package org.outlookmail.mail.graph;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.mail.Deadline;

/**
 * The same done to many messages, twenty to a request ({@code $batch}). Graph answers each for itself: what it wants to do later
 * is asked again, and the others are not asked twice.
 *
 * <p>Thread rule: one use, one thread.
 */
final class MessageBatch {

    private static final int MOST = 20;
    private static final int NOT_FOUND = 404;

    private final GraphClient client;

    MessageBatch(GraphClient client) {
        this.client = client;
    }

    /** What is to be done to one message. */
    interface Step {

        String method();

        /** Behind the message's own path; perhaps empty. */
        String below();

        Map<String, Object> body(Item item);
    }

    /** Who hears what has become of each. */
    @FunctionalInterface
    interface Result {
        void of(Item item, boolean found);
    }

    /**
     * Does it to all of them; those that are not there any more are told as such.
     *
     * @param repeatable whether it may be done twice to a message
     * @throws MessagingException the first refusal of one, after the others have been done; or unanswered
     */
    void run(List<Item> items, Step step, boolean repeatable, Result result) throws MessagingException {
        RefusedException first = null;
        for (int start = 0; start < items.size(); start += MOST) {
            List<Item> left = new ArrayList<>(items.subList(start, Math.min(items.size(), start + MOST)));
            Deadline turn = client.turn();
            while (!left.isEmpty()) {
                Map<String, GraphReply> replies = asked(left, step, repeatable, turn);
                List<Item> later = new ArrayList<>();
                GraphReply wait = null;
                for (int index = 0; index < left.size(); index++) {
                    Item item = left.get(index);
                    GraphReply reply = replies.get(Integer.toString(index + 1));
                    if ((reply == null && repeatable)
                            || (reply != null && (reply.throttled() || reply.unavailable()))) {
                        later.add(item);
                        wait = longer(wait, reply);
                    } else if (reply != null && (reply.success() || reply.status() == NOT_FOUND)) {
                        result.of(item, reply.success());
                    } else if (first == null) {
                        first = new RefusedException(request(item, step), reply == null ? missing() : reply);
                    }
                }
                if (!later.isEmpty() && !client.waitedFor(wait == null ? missing() : wait, turn)) {
                    throw new RefusedException(request(later.get(0), step), wait == null ? missing() : wait);
                }
                left = later;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static GraphReply missing() {
        return new GraphReply(503, Map.of(), Json.NOTHING);
    }

    private static GraphReply longer(GraphReply one, GraphReply other) {
        Duration have = Optional.ofNullable(one).flatMap(GraphReply::retryAfter).orElse(Duration.ZERO);
        Duration more =
                Optional.ofNullable(other).flatMap(GraphReply::retryAfter).orElse(Duration.ZERO);
        return one == null || more.compareTo(have) > 0 ? other : one;
    }

    private GraphRequest request(Item item, Step step) {
        return GraphRequest.part(step.method(), client.path("messages", item.id()) + step.below());
    }

    private Map<String, GraphReply> asked(List<Item> items, Step step, boolean repeatable, Deadline turn)
            throws MessagingException {
        List<Map<String, Object>> requests = new ArrayList<>();
        for (int index = 0; index < items.size(); index++) {
            Item item = items.get(index);
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("id", Integer.toString(index + 1));
            request.put("method", step.method());
            request.put("url", client.path("messages", item.id()).substring("/v1.0".length()) + step.below());
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Prefer", "IdType=\"ImmutableId\"");
            Map<String, Object> body = step.body(item);
            if (!body.isEmpty()) {
                headers.put("Content-Type", "application/json");
                request.put("body", body);
            }
            request.put("headers", headers);
            requests.add(request);
        }
        GraphRequest batch = GraphRequest.post("/v1.0/$batch", Map.of("requests", requests));
        GraphReply reply = client.done(repeatable ? batch.repeatableToo() : batch, turn);
        Map<String, GraphReply> replies = new HashMap<>();
        for (Json each : reply.json().list("responses")) {
            Map<String, String> headers = new HashMap<>();
            Json told = each.object("headers");
            told.names().forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), told.text(name)));
            replies.put(each.text("id"), new GraphReply((int) each.number("status"), headers, each.object("body")));
        }
        return replies;
    }
}

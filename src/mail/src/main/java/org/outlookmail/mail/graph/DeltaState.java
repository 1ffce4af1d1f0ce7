package org.outlookmail.mail.graph;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A checkpoint of a folder's changes: Graph's link, and how far the mail had come, by which a round can be checked and begun
 * anew. Immutable.
 *
 * @param link where the next round begins
 * @param until when the latest message was received
 * @param at the ids of those that were received at that moment
 */
record DeltaState(String link, Instant until, Set<String> at) {

    DeltaState {
        at = Set.copyOf(at);
    }

    /** Of a text that somebody has kept; empty if it is none of ours. */
    static Optional<DeltaState> read(String text) {
        try {
            Json json = Json.of(text.getBytes(StandardCharsets.UTF_8));
            List<String> at = json.texts("at");
            return json.text("link").isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DeltaState(json.text("link"), Instant.parse(json.text("until")), Set.copyOf(at)));
        } catch (IOException | DateTimeException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    String write() {
        TreeMap<String, Object> fields = new TreeMap<>();
        fields.put("link", link);
        fields.put("until", until.toString());
        fields.put("at", List.copyOf(new TreeSet<>(at)));
        return new String(Json.write(fields), StandardCharsets.UTF_8);
    }

    /** Whether a message was told before this checkpoint, as far as its time says. */
    boolean before(String id, Instant received) {
        return received.isBefore(until) || (received.equals(until) && at.contains(id));
    }
}

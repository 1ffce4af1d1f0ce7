package org.outlookmail.mail.graph;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.outlookmail.OneLine;

/**
 * What Graph has answered, or one of the answers within a batch.
 *
 * @param status of HTTP
 * @param headers by their names in lower case
 * @param json the body; {@link Json#NOTHING} if there is none, or no JSON
 */
record GraphReply(int status, Map<String, String> headers, Json json) {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    GraphReply {
        headers = Map.copyOf(headers);
    }

    /** What no content belongs to, and what refuses, is clear by its status, whatever a server on the way has written. */
    static GraphReply of(int status, Map<String, String> headers, byte[] body) throws IOException {
        boolean json = headers.getOrDefault("content-type", "").contains("json") && body.length > 0;
        try {
            return new GraphReply(status, headers, json ? Json.of(body) : Json.NOTHING);
        } catch (IOException unreadable) {
            if (status == 200 || status == 201) {
                throw unreadable;
            }
            return new GraphReply(status, headers, Json.NOTHING);
        }
    }

    boolean success() {
        return status >= 200 && status < 300;
    }

    /** Graph's error code, such as {@code ErrorItemNotFound}; empty if it tells none. */
    String code() {
        return OneLine.of(json.text("error", "code"));
    }

    /** Graph's own words. */
    String words() {
        String message = json.text("error", "message");
        return OneLine.of((status + " " + code() + (message.isEmpty() ? "" : ": " + message)).strip());
    }

    /** How long it asks to wait (RFC 9110, section 10.2.3); the form with a date counts as no wish. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(headers.get("retry-after"))
                .filter(value -> SECONDS.matcher(value).matches())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** By which Microsoft's support finds the request. */
    Optional<String> requestId() {
        return Optional.ofNullable(headers.get("request-id")).map(id -> OneLine.of(id));
    }

    /** It is too much; the same may be taken later. */
    boolean throttled() {
        return status == 429
                || code().equals("ApplicationThrottled")
                || (status == 503 && retryAfter().isPresent());
    }

    /** Graph is out of order for a moment, and has certainly done nothing. */
    boolean unavailable() {
        return status == 503;
    }

    /** A server on the way, or within, does not know what has become of the request. */
    boolean unsettled() {
        return status >= 500 && !unavailable() && status != 501;
    }
}

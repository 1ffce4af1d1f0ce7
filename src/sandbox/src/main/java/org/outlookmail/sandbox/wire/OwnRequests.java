package org.outlookmail.sandbox.wire;

import com.sun.net.httpserver.Headers;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the requests of this machine's programs from those that a web page makes its reader's browser send. The port is
 * open on the loopback address only, and that is where the browser is, too: a page may post a form to it, and after its
 * host name has been rebound to 127.0.0.1 it may also read the answer. Immutable.
 *
 * @param scheme http or https
 * @param port the port of the server
 */
record OwnRequests(String scheme, int port) {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /** A refusal. */
    record Objection(int status, String text) {}

    /** What speaks against a request; empty if nothing does. */
    Optional<Objection> to(Headers headers) {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !own(hosts.get(0))) {
            return forbidden("The header Host must be 127.0.0.1, localhost or [::1] with port " + port
                    + ": this server is for programs on this machine");
        }
        List<String> origins = headers.getOrDefault("Origin", List.of());
        if (!origins.stream().allMatch(this::ownOrigin)) {
            return forbidden("The header Origin names another site: web pages may not use this server");
        }
        return Optional.empty();
    }

    private static Optional<Objection> forbidden(String text) {
        return Optional.of(new Objection(HttpURLConnection.HTTP_FORBIDDEN, text));
    }

    private boolean own(String authority) {
        String asked = authority.toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(name -> asked.equals(name + ":" + port) || (implied() && asked.equals(name)));
    }

    /** Clients leave the scheme's own port out (RFC 9110, section 4.2.3). */
    private boolean implied() {
        return port == (scheme.equals("https") ? 443 : 80);
    }

    private boolean ownOrigin(String origin) {
        return origin.startsWith(scheme + "://") && own(origin.substring(scheme.length() + 3));
    }

    /**
     * What speaks against a request's body: a form of a web page can send three media types without asking first, so that a
     * body of another type comes from no form.
     *
     * @param required the media type that it must have
     */
    static Optional<Objection> toBody(Headers headers, String required) {
        List<String> types = headers.getOrDefault("Content-Type", List.of());
        String type = types.size() == 1 ? types.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT) : "";
        return type.equals(required)
                ? Optional.empty()
                : Optional.of(new Objection(
                        HttpURLConnection.HTTP_UNSUPPORTED_TYPE,
                        "The body must be " + required + ", and the header Content-Type say so"
                                + " (curl -H 'Content-Type: " + required + "')"));
    }
}

package org.outlookmail.mail.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request of Microsoft Graph. Immutable, but for the body, which nobody changes. */
final class GraphRequest {

    private static final byte[] NONE = new byte[0];

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean repeatable;
    private final String permission;

    private GraphRequest(
            String method,
            String target,
            Map<String, String> headers,
            byte[] body,
            boolean repeatable,
            String permission) {
        this.method = method;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.repeatable = repeatable;
        this.permission = permission;
    }

    /** A question at an address that shows no token and has no ids. */
    GraphRequest(String target) {
        this("GET", target, Map.of(), NONE, true, "Mail.ReadWrite");
    }

    /** Such as GET. */
    String method() {
        return method;
    }

    /** The path with its query. */
    String target() {
        return target;
    }

    /** Beside those that every request has. */
    Map<String, String> headers() {
        return headers;
    }

    /** Empty for none. */
    byte[] body() {
        return body;
    }

    /** Whether it may be asked a second time if nobody knows whether it was heard (RFC 9110, section 9.2.2). */
    boolean repeatable() {
        return repeatable;
    }

    /** Which of Graph's permissions it needs, as an application has it. */
    String permission() {
        return permission;
    }

    private static GraphRequest of(String method, String target, byte[] body, boolean repeatable, String permission) {
        // Immutable ids on each request: one that was got without it is another one.
        return new GraphRequest(
                method, target, Map.of("Prefer", "IdType=\"ImmutableId\""), body, repeatable, permission);
    }

    static GraphRequest get(String target) {
        return of("GET", target, NONE, true, "Mail.Read");
    }

    static GraphRequest post(String target, Map<String, ?> json) {
        return of("POST", target, json.isEmpty() ? NONE : Json.write(json), false, "Mail.ReadWrite")
                .typed("application/json");
    }

    /** The MIME content of a message, as Graph takes it: in base64. */
    static GraphRequest mime(String target, byte[] mime) {
        return of("POST", target, Base64.getEncoder().encode(mime), false, "Mail.ReadWrite")
                .typed("text/plain");
    }

    /** Something that no server can take for a message, since it is no base64. */
    static GraphRequest noMessage(String target) {
        return of("POST", target, new byte[] {'!'}, true, "Mail.Send").typed("text/plain");
    }

    /** Sets what it says, so that once more changes nothing. */
    static GraphRequest patch(String target, Map<String, ?> json) {
        return of("PATCH", target, Json.write(json), true, "Mail.ReadWrite").typed("application/json");
    }

    static GraphRequest delete(String target) {
        return of("DELETE", target, NONE, false, "Mail.ReadWrite");
    }

    /** One of those within a batch, for messages. */
    static GraphRequest part(String method, String target) {
        return of(method, target, NONE, false, "Mail.ReadWrite");
    }

    /** A piece of an upload, whose place in the whole is told, so that once more changes nothing. */
    static GraphRequest put(String target, byte[] piece) {
        return new GraphRequest("PUT", target, Map.of(), piece, true, "Mail.ReadWrite")
                .typed("application/octet-stream");
    }

    private GraphRequest typed(String type) {
        return body.length == 0 ? this : with("Content-Type", type);
    }

    GraphRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        // Several preferences are one list (RFC 7240, section 2).
        more.merge(header, value, (have, next) -> header.equals("Prefer") ? have + ", " + next : next);
        return new GraphRequest(method, target, more, body, repeatable, permission);
    }

    /** The same elsewhere, such as on the next page. */
    GraphRequest at(String other) {
        return new GraphRequest(method, other, headers, body, repeatable, permission);
    }

    GraphRequest needing(String other) {
        return new GraphRequest(method, target, headers, body, repeatable, other);
    }

    GraphRequest repeatableToo() {
        return new GraphRequest(method, target, headers, body, true, permission);
    }

    /** A segment of a path, or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Without the query, which may be long. */
    @Override
    public String toString() {
        return method + " " + target.replaceFirst("\\?.*", "");
    }
}

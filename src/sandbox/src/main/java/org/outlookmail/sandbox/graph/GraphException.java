package org.outlookmail.sandbox.graph;

/** A request that is refused, with Graph's code and text. */
final class GraphException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final int retryAfterSeconds;

    GraphException(int status, String code, String message) {
        this(status, code, message, -1);
    }

    /** A negative {@code retryAfterSeconds} is no such header. */
    GraphException(int status, String code, String message, int retryAfterSeconds) {
        super(message);
        this.retryAfterSeconds = retryAfterSeconds;
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    static GraphException badRequest(String code, String message) {
        return new GraphException(400, code, message);
    }

    static GraphException accessDenied() {
        return new GraphException(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    }

    static GraphException itemNotFound() {
        return new GraphException(404, "ErrorItemNotFound", "The specified object was not found in the store.");
    }

    static GraphException idMalformed() {
        return badRequest("ErrorInvalidIdMalformed", "Id is malformed.");
    }

    static GraphException unknownPath(String path) {
        return badRequest("BadRequest", "Resource not found for the segment '" + path + "'.");
    }

    static GraphException methodNotAllowed() {
        return new GraphException(405, "ErrorInvalidRequest", "The HTTP method is not allowed on this resource.");
    }
}

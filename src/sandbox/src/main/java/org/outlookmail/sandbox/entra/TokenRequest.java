package org.outlookmail.sandbox.entra;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of one request to the token endpoint or the authorization endpoint, the client's Basic header among them
 * (RFC 6749, 2.3.1). Immutable.
 */
final class TokenRequest {
    private final Map<String, String> parameters;

    private TokenRequest(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads a form, or a query, in which each parameter stands once (RFC 6749, 3.1).
     *
     * @param form null is an empty one
     */
    static TokenRequest once(String form) throws EntraRefusedException {
        Set<String> names = new HashSet<>();
        try {
            for (String pair : List.of((form == null ? "" : form).split("&", -1))) {
                String name = decode(pair.split("=", 2)[0]);
                if (!name.isEmpty() && !names.add(name)) {
                    throw new EntraRefusedException(SignInErrors.repeated(name));
                }
            }
            return read(form == null ? "" : form, null);
        } catch (IllegalArgumentException e) {
            throw new EntraRefusedException(EntraError.malformed());
        }
    }

    /** Reads a form; {@code authorization} is the header or null. */
    static TokenRequest read(String form, String authorization) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : List.of(form.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        if (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                parameters.putIfAbsent("client_id", decode(pair.substring(0, colon)));
                parameters.putIfAbsent("client_secret", decode(pair.substring(colon + 1)));
            }
        }
        return new TokenRequest(parameters);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A parameter that must be there. */
    String required(String name) throws EntraRefusedException {
        String value = optional(name);
        if (value.isBlank()) {
            throw new EntraRefusedException(EntraError.missing(name));
        }
        return value;
    }

    /** A parameter, or the empty string. */
    String optional(String name) {
        return parameters.getOrDefault(name, "");
    }
}

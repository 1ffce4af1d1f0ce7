package org.outlookmail.sandbox.entra;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the browser goes after a sign-in: to a program on this machine (RFC 8252, 7.3), and nowhere else. Immutable.
 *
 * @param formPost whether the answer is posted by a page instead of being part of the address
 */
record ReturnAddress(String uri, String state, boolean formPost) {
    /** The one that is no program's: an embedded browser is stopped there. */
    static final String NATIVE = "https://login.microsoftonline.com/common/oauth2/nativeclient";

    /** No user, query or fragment in which another host could hide. */
    private static final String LOOPBACK = "http://(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?";

    /** The address that the request names, if it is one of those that are taken. */
    static ReturnAddress of(TokenRequest request, String clientId) throws EntraRefusedException {
        String uri = request.required("redirect_uri");
        if (!uri.equals(NATIVE) && !uri.matches(LOOPBACK)) {
            throw new EntraRefusedException(SignInErrors.redirectUnknown(uri, clientId));
        }
        boolean formPost = request.optional("response_mode").equals("form_post");
        return new ReturnAddress(uri, request.optional("state"), formPost);
    }

    /** Sends the browser there with these parameters, and the state that the client gave. */
    void send(HttpExchange exchange, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        if (!state.isEmpty()) {
            all.put("state", state);
        }
        if (formPost) {
            SignInPage.send(exchange, HttpURLConnection.HTTP_OK, SignInPage.posting(uri, all));
            return;
        }
        String query = all.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        exchange.getResponseHeaders().set("Location", uri + "?" + query);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        // Not 307: the browser would post the password on (RFC 9700, 4.12).
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_SEE_OTHER, -1);
        exchange.close();
    }
}

package org.outlookmail.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.outlookmail.sandbox.wire.Http;
import org.outlookmail.sandbox.wire.Workers;

/**
 * Hands out {@link MailTokens} over HTTPS to any client with any secret (RFC 6749): an application's for
 * {@code client_credentials}, a user's for {@code password} and {@code refresh_token}. Owns a port and threads. Safe for any
 * thread; whoever made it closes it.
 */
final class TokenEndpoint implements AutoCloseable {

    private static final String PATH = "/token";
    private static final String REFRESH_TOKEN = "refresh-token-of-";

    private final MailTokens tokens;
    private final Workers workers = new Workers();
    private final HttpsServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<String> next = new AtomicReference<>();

    TokenEndpoint(MailTokens tokens, SSLContext tls) throws IOException {
        this.tokens = tokens;
        server = HttpsServer.create(Http.loopback(0), Http.BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(workers.threads());
        server.createContext(PATH, Http.guarded("token endpoint", this::handle));
        server.start();
    }

    URI uri() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + PATH);
    }

    /** A refresh token for that user; it may be used again and again. */
    static String refreshToken(String upn) {
        return REFRESH_TOKEN + upn;
    }

    /** The next request gets this token, say an expired one, whatever it asks for. */
    void answerNext(String accessToken) {
        next.set(accessToken);
    }

    /** How many requests there were. */
    int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        Map<String, String> form = form(Http.text(exchange));
        String user = user(form);
        if (user == null) {
            Http.json(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        String token = next.getAndSet(null);
        if (token == null) {
            token = user.isEmpty() ? tokens.application() : tokens.user(user);
        }
        Http.json(
                exchange,
                200,
                "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"%s}"
                        .formatted(
                                token,
                                MailTokens.LIFETIME.toSeconds(),
                                user.isEmpty() ? "" : ",\"refresh_token\":\"" + refreshToken(user) + "\""));
    }

    /** Empty: an application; null: nobody. */
    private static String user(Map<String, String> form) {
        String refreshToken = form.getOrDefault("refresh_token", "");
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> "";
            case "password" -> form.get("username");
            case "refresh_token" ->
                refreshToken.startsWith(REFRESH_TOKEN) ? refreshToken.substring(REFRESH_TOKEN.length()) : null;
            default -> null;
        };
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1])));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
    }
}

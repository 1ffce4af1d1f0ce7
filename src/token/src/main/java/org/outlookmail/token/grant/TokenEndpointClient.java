package org.outlookmail.token.grant;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.outlookmail.net.Dialer;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.grant.TokenAnswer.UnusableAnswerException;

/**
 * The way to the network of every grant, for one token request: finite timeouts, the configured proxy and trust, and the
 * last answer kept, of which client libraries lose the status or {@code Retry-After} on several paths.
 *
 * <p>Nothing is tried twice, but for one case inside the JDK: {@code HttpURLConnection} sends a POST again when the
 * server hangs up without a byte of an answer ({@code sun.net.http.retryPost}). Its cure, streaming, would lose the body
 * of a 401, which holds the AADSTS number; and a token request may be repeated.
 *
 * <p>Thread rule: used by one thread; one instance for each request. It holds nothing open.
 */
final class TokenEndpointClient {

    /** An answer of an OAuth endpoint is a few kilobytes; more is not one. */
    private static final int LARGEST_ANSWER = 1 << 20;

    private static final int PART = 8_192;

    private final HttpSettings settings;
    private final Dialer dialer;
    private Answer last;
    private IOException failure;
    private TokenException unusableTrust;

    TokenEndpointClient(HttpSettings settings) {
        this(settings, new Dialer(InetAddress::getAllByName));
    }

    TokenEndpointClient(HttpSettings settings, Dialer dialer) {
        this.settings = settings;
        this.dialer = dialer;
    }

    /**
     * What a server answered.
     *
     * @param receivedAt by this machine's clock
     */
    record Answer(int status, Map<String, List<String>> headers, String body, long date, Instant receivedAt) {

        /** The first header of that name, in whichever case, or null. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }

        /** Whether it is a JSON object, as every answer of a token endpoint is (RFC 6749, section 5). */
        boolean json() {
            return body.stripLeading().startsWith("{");
        }

        /** Whether the server did what was asked; then the body may hold a token and must not be told. */
        boolean success() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * The error of a token endpoint (RFC 6749, section 5.2).
     *
     * @param error such as {@code invalid_client}; never null
     * @param description in the provider's words; perhaps empty
     */
    record OAuthError(String error, String description) {}

    /** One exchange; the body is null for a GET. */
    Answer send(String method, URI address, Map<String, String> headers, String body) throws IOException {
        try {
            last = exchange(method, address, headers, body);
            return last;
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
    }

    private Answer exchange(String method, URI address, Map<String, String> headers, String body) throws IOException {
        HttpURLConnection connection = connected(address, opened -> {
            opened.setRequestMethod(method);
            opened.setDoOutput(body != null);
            headers.forEach(opened::setRequestProperty);
        });
        try {
            if (body != null) {
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new ProtocolException("the answer is not HTTP");
            }
            return new Answer(status, headers(connection), body(connection), connection.getDate(), Instant.now());
        } finally {
            connection.disconnect();
        }
    }

    /** Says what is asked, before the connection is made. */
    @FunctionalInterface
    private interface Question {
        void put(HttpURLConnection connection) throws IOException;
    }

    /**
     * Connected to an address that takes a connection, if the proxy or, without one, the endpoint has several. Nothing has
     * been asked before, so nothing is asked twice.
     */
    private HttpURLConnection connected(URI endpoint, Question question) throws IOException {
        boolean direct = settings.proxy().type() == Proxy.Type.DIRECT;
        if (direct && !endpoint.getScheme().equals("https")) {
            return opened(
                    endpoint, settings.proxy(), null, settings.connect(), question); // A managed identity's alone.
        }
        InetSocketAddress proxy = (InetSocketAddress) settings.proxy().address();
        String host = direct ? endpoint.getHost() : proxy.getHostString();
        if (dialer.addresses(host) < 2) {
            return opened(endpoint, settings.proxy(), null, settings.connect(), question);
        }
        return dialer.dial(host, settings.connect(), (address, within) -> {
            HttpURLConnection connection = direct
                    ? opened(endpoint, settings.proxy(), address, within, question)
                    : opened(endpoint, through(address, proxy.getPort()), null, within, question);
            try {
                connection.connect();
                return connection;
            } catch (IOException | RuntimeException failed) {
                connection.disconnect();
                throw failed;
            }
        });
    }

    /** Without a name, by which the JDK would look the address up again and take the first. */
    private Proxy through(InetAddress address, int port) throws UnknownHostException {
        return new Proxy(
                settings.proxy().type(), new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), port));
    }

    /** Not connected yet; {@code address} is null for whichever the JDK finds. */
    private HttpURLConnection opened(
            URI endpoint, Proxy proxy, InetAddress address, Duration connect, Question question) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection(proxy);
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(address == null ? sockets() : new AddressedSockets(sockets(), address));
        }
        connection.setConnectTimeout(Math.toIntExact(connect.toMillis()));
        connection.setReadTimeout(Math.toIntExact(settings.read().toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        question.put(connection);
        return connection;
    }

    private SSLSocketFactory sockets() throws IOException {
        if (settings.trust().isEmpty()) {
            // What the server administers: Liberty puts its own here, which follows its configuration.
            // SSLContext.getDefault() is the JDK's there.
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            return settings.trust().get().socketFactory();
        } catch (TokenException unusable) {
            unusableTrust = unusable;
            throw new IOException(unusable);
        }
    }

    private static Map<String, List<String>> headers(HttpURLConnection connection) {
        Map<String, List<String>> named = new LinkedHashMap<>(connection.getHeaderFields());
        named.remove(null); // the status line
        return named;
    }

    /** A server that sends a byte now and then would outlive every read timeout, so the whole body gets one. */
    private String body(HttpURLConnection connection) throws IOException {
        long started = System.nanoTime();
        try (InputStream in =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] part = new byte[PART];
            for (int read = 0; in != null && read >= 0 && body.size() < LARGEST_ANSWER; read = in.read(part)) {
                body.write(part, 0, read);
                if (System.nanoTime() - started > settings.read().toNanos()) {
                    throw new SocketTimeoutException("the answer had no end in time");
                }
            }
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    /**
     * The token of the last answer.
     *
     * @throws UnusableAnswerException if there is none that may be used
     */
    TokenAnswer token() throws UnusableAnswerException {
        return TokenAnswer.read(last().map(Answer::body).orElse(""));
    }

    /** The last answer; empty if none arrived. */
    Optional<Answer> last() {
        return Optional.ofNullable(last);
    }

    /** Why none arrived, before a client library wrapped it. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Why nothing could be asked, if the trust store is to blame. */
    Optional<TokenException> unusableTrust() {
        return Optional.ofNullable(unusableTrust);
    }

    /** The wait that the last answer asked for. Entra sends seconds; the date form of RFC 9110 counts as no wish. */
    Optional<Duration> retryAfter() {
        return last().map(answer -> answer.header("Retry-After"))
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** The last answer's OAuth error, if it is one, or what App Service says in its place. */
    Optional<OAuthError> error() {
        return last().filter(answer -> answer.status() >= 400 && answer.json()).flatMap(answer -> {
            try (JsonReader json = JsonProviders.createReader(answer.body())) {
                return json.readUntyped() instanceof Map<?, ?> fields ? error(fields) : Optional.empty();
            } catch (IOException | IllegalStateException notJson) {
                // A proxy's page that begins like JSON: no error of a token endpoint.
                return Optional.empty();
            }
        });
    }

    private static Optional<OAuthError> error(Map<?, ?> fields) {
        if (fields.get("error") instanceof String error) {
            return Optional.of(new OAuthError(error, text(fields.get("error_description"))));
        }
        return fields.get("statusCode") instanceof Number status && fields.get("message") instanceof String message
                ? Optional.of(new OAuthError("status " + status, message))
                : Optional.empty();
    }

    private static String text(Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    /** How far the server's clock is ahead of ours, by the last answer's Date header (RFC 9110, section 6.6.1). */
    Optional<Duration> clockDifference() {
        return last().filter(answer -> answer.date() > 0)
                .map(answer -> Duration.between(answer.receivedAt(), Instant.ofEpochMilli(answer.date())));
    }
}

package org.outlookmail.token;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * MSAL4J's way to the network, for one token request: finite timeouts, requests sent to the configured authority, and
 * the last answer's status and {@code Retry-After} kept, which MSAL4J loses on several paths.
 *
 * <p>MSAL4J itself always believes in the cloud's own authority: given one on another port, it obtains tokens but its
 * own bookkeeping fails. So only the address is changed here, on the way out.
 *
 * <p>Nothing is tried twice, but for one case inside the JDK: {@code HttpURLConnection} sends a POST again when the
 * server hangs up without a byte of an answer ({@code sun.net.http.retryPost}). Its cure, streaming, would lose the body
 * of a 401, which holds the AADSTS number; and a token request may be repeated.
 *
 * <p>Thread rule: used by one thread; one instance for each request. It holds nothing open.
 */
final class TokenEndpointClient implements IHttpClient {

    /** An answer of an OAuth endpoint is a few kilobytes; more is not one. */
    private static final int LARGEST_ANSWER = 1 << 20;

    private final URI authority;
    private final HttpTimeouts timeouts;
    private int status = -1;
    private Duration retryAfter;
    private String contentType;
    private boolean json;

    TokenEndpointClient(URI authority, HttpTimeouts timeouts) {
        this.authority = authority;
        this.timeouts = timeouts;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException {
        HttpURLConnection connection = open(request);
        try {
            String body = request.body();
            if (body != null) {
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            int code = connection.getResponseCode();
            if (code < 0) {
                throw new ProtocolException("the answer is not HTTP");
            }
            status = code;
            retryAfter = seconds(connection.getHeaderField("Retry-After"));
            HttpResponse response = new HttpResponse();
            response.statusCode(status);
            response.addHeaders(headers(connection));
            String answer = body(connection);
            contentType = connection.getContentType();
            json = answer.stripLeading().startsWith("{");
            response.body(answer);
            return response;
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(HttpRequest request) throws IOException {
        URL asked = request.url();
        URL target = new URL(authority.getScheme(), authority.getHost(), authority.getPort(), asked.getFile());
        HttpURLConnection connection = (HttpURLConnection) target.openConnection();
        if (connection instanceof HttpsURLConnection https) {
            // What the server administers: Liberty puts its own here, which follows its configuration.
            // SSLContext.getDefault() is the JDK's there.
            https.setSSLSocketFactory((SSLSocketFactory) SSLSocketFactory.getDefault());
        }
        connection.setConnectTimeout(Math.toIntExact(timeouts.connect().toMillis()));
        connection.setReadTimeout(Math.toIntExact(timeouts.read().toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(request.httpMethod().name());
        request.headers().forEach(connection::setRequestProperty);
        return connection;
    }

    private static Map<String, List<String>> headers(HttpURLConnection connection) {
        Map<String, List<String>> named = new LinkedHashMap<>(connection.getHeaderFields());
        named.remove(null); // the status line
        return named;
    }

    private static String body(HttpURLConnection connection) throws IOException {
        try (InputStream in =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return in == null ? "" : new String(in.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }

    /** Entra sends seconds; the date form of RFC 9110 is not worth a parser here and counts as no wish. */
    private static Duration seconds(String retryAfter) {
        return retryAfter != null && retryAfter.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : null;
    }

    /** The HTTP status of the last answer, or -1 if none arrived. */
    int status() {
        return status;
    }

    /** The last answer's {@code Content-Type}, or null. */
    String contentType() {
        return contentType;
    }

    /** Whether the last answer was a JSON object, as every answer of a token endpoint is (RFC 6749, section 5). */
    boolean answeredJson() {
        return json;
    }

    /** The wait that the last answer asked for. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

package org.outlookmail.token.grant;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Google's requests, sent our way.
 *
 * <p>Thread rule: used by one thread; one instance for each request.
 */
final class GoogleHttpTransport extends HttpTransport {

    private final TokenEndpointClient endpoint;

    GoogleHttpTransport(TokenEndpointClient endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Request(method, URI.create(url));
    }

    private final class Request extends LowLevelHttpRequest {

        private final String method;
        private final URI address;
        private final Map<String, String> headers = new LinkedHashMap<>();

        Request(String method, URI address) {
            this.method = method;
            this.address = address;
        }

        @Override
        public void addHeader(String name, String value) {
            // An answer is read as it comes; nobody here unpacks gzip.
            if (!name.equalsIgnoreCase("Accept-Encoding")) {
                headers.merge(name, value, (first, next) -> first + ", " + next);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            if (getContentType() != null) {
                headers.put("Content-Type", getContentType());
            }
            TokenEndpointClient.Answer answer = endpoint.send(method, address, headers, body());
            return new Response(answer, ReceivedToken.readable(endpoint, answer));
        }

        private String body() throws IOException {
            if (getStreamingContent() == null) {
                return null;
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            getStreamingContent().writeTo(content);
            return content.toString(StandardCharsets.UTF_8);
        }
    }

    private static final class Response extends LowLevelHttpResponse {

        private final TokenEndpointClient.Answer answer;
        private final byte[] body;
        private final List<Map.Entry<String, String>> headers = new ArrayList<>();

        Response(TokenEndpointClient.Answer answer, String body) {
            this.answer = answer;
            this.body = body.getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public String getContentEncoding() {
            return answer.header("Content-Encoding");
        }

        @Override
        public long getContentLength() {
            return body.length;
        }

        @Override
        public String getContentType() {
            return answer.header("Content-Type");
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + answer.status();
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}

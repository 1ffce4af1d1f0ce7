package org.outlookmail.token.grant;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * MSAL4J's requests, sent to the configured token endpoint. MSAL4J itself always believes in the cloud's own authority:
 * given one on another port, it obtains tokens but its own bookkeeping fails. So only the address is changed here, on the
 * way out.
 *
 * <p>Thread rule: used by one thread; one instance for each request.
 */
final class MsalHttpClient implements IHttpClient {

    private static final String TOKEN_PATH = "/oauth2/v2.0/token";

    private final TokenEndpointClient endpoint;
    private final URI tokenEndpoint;

    MsalHttpClient(TokenEndpointClient endpoint, URI tokenEndpoint) {
        this.endpoint = endpoint;
        this.tokenEndpoint = tokenEndpoint;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException {
        String path = request.url().getPath();
        URI target = path.endsWith(TOKEN_PATH)
                ? tokenEndpoint
                : tokenEndpoint.resolve(request.url().getFile());
        Map<String, String> headers = request.headers() == null ? Map.of() : request.headers();
        TokenEndpointClient.Answer answer = endpoint.send(request.httpMethod().name(), target, headers, request.body());
        HttpResponse response = new HttpResponse();
        response.statusCode(answer.status());
        response.addHeaders(answer.headers());
        response.body(ReceivedToken.readable(endpoint, answer));
        return response;
    }
}

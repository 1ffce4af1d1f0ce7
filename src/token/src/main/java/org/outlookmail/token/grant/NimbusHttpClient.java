package org.outlookmail.token.grant;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nimbus's requests, sent our way.
 *
 * <p>Thread rule: used by one thread; one instance for each request.
 */
final class NimbusHttpClient implements HTTPRequestSender {

    private final TokenEndpointClient endpoint;

    NimbusHttpClient(TokenEndpointClient endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        request.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        TokenEndpointClient.Answer answer =
                endpoint.send(request.getMethod().name(), request.getURI(), headers, request.getBody());
        HTTPResponse response = new HTTPResponse(answer.status());
        for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
            response.setHeader(header.getKey(), header.getValue().toArray(String[]::new));
        }
        response.setBody(answer.body());
        return response;
    }
}

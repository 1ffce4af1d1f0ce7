package org.outlookmail.sandbox;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** MSAL4J's way to the network: what it sends to Microsoft goes to the box instead. As docs/sandbox.md shows it. */
final class RedirectingHttpClient implements IHttpClient {
    private final HttpClient http;
    private final URI box;

    RedirectingHttpClient(Sandbox box) {
        this(box, box.entraUrl());
    }

    private RedirectingHttpClient(Sandbox box, URI to) {
        this.box = to;
        this.http = HttpClient.newBuilder().sslContext(box.sslContext()).build();
    }

    /** What it sends to the metadata service of a machine goes to the box's. */
    static RedirectingHttpClient toMetadata(Sandbox box) {
        return new RedirectingHttpClient(box, box.metadataUrl());
    }

    @Override
    public IHttpResponse send(HttpRequest asked) throws Exception {
        var to = box.resolve(asked.url().getFile());
        var request = java.net.http.HttpRequest.newBuilder(to).timeout(Duration.ofSeconds(20));
        asked.headers().forEach(request::setHeader);
        if (asked.httpMethod() == HttpMethod.POST) {
            request.POST(BodyPublishers.ofString(asked.body()));
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        var response = new HttpResponse();
        response.statusCode(answer.statusCode());
        response.body(answer.body());
        response.addHeaders(answer.headers().map());
        return response;
    }
}

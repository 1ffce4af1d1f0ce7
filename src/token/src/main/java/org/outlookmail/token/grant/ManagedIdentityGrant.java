package org.outlookmail.token.grant;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ManagedIdentity;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.grant.TokenEndpointClient.Answer;

/**
 * Tokens of the identity that Azure has given the machine, from the metadata service of a virtual machine (IMDS) or from the
 * endpoint of App Service. One attempt. Not through MSAL4J, whose {@code ManagedIdentityApplication} keeps its tokens in a
 * static cache of the whole JVM, beside the cluster's, and takes the endpoint from the environment by itself.
 *
 * <p>The endpoint answers only those who come straight to it, so a configured proxy is passed by.
 *
 * <p>Thread rule: free for any thread.
 */
final class ManagedIdentityGrant {

    private static final String DEFAULT = "/.default";

    private static final String OF_MACHINES = "2018-02-01";
    private static final String OF_APP_SERVICE = "2019-08-01";

    AccessToken acquire(TokenRequest asked, ManagedIdentity identity) throws TokenException {
        TokenRequest request = direct(asked);
        TokenEndpointClient endpoint = new TokenEndpointClient(request.http());
        TokenFailure failures = new TokenFailure(request, endpoint);
        try {
            Answer answer = endpoint.send("GET", address(request, identity), headers(identity), null);
            if (!answer.success()) {
                throw failures.of(null);
            }
            return ReceivedToken.of(request, endpoint);
        } catch (IOException | RuntimeException failed) {
            throw failures.of(failed);
        }
    }

    private static TokenRequest direct(TokenRequest asked) {
        return new TokenRequest(
                asked.tokenEndpoint(),
                asked.tenantId(),
                asked.clientId(),
                asked.credential(),
                asked.scope(),
                HttpSettings.direct(asked.http().connect(), asked.http().read()));
    }

    private static URI address(TokenRequest request, ManagedIdentity identity) {
        String client = request.clientId().isEmpty() ? "" : "&client_id=" + encoded(request.clientId());
        return URI.create(request.tokenEndpoint() + "?api-version="
                + (identity.header().isPresent() ? OF_APP_SERVICE : OF_MACHINES) + "&resource="
                + encoded(resource(request.scope())) + client);
    }

    /** These endpoints are older than scopes. */
    private static String resource(String scope) {
        return scope.endsWith(DEFAULT) ? scope.substring(0, scope.length() - DEFAULT.length()) : scope;
    }

    /** A header that no redirection and no link can set shows that a program asks. */
    private static Map<String, String> headers(ManagedIdentity identity) {
        Optional<Secret> header = identity.header();
        return header.isPresent() ? Map.of("X-IDENTITY-HEADER", header.get().reveal()) : Map.of("Metadata", "true");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package org.outlookmail.token.grant;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.io.IOException;
import java.util.Optional;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential.UserPassword;
import org.outlookmail.token.RefreshTokens.Exchanged;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/**
 * Tokens of any RFC 6749 provider through Nimbus's OAuth 2.0 SDK; it writes the request, and never opens a
 * connection itself. One attempt, with the credential given.
 *
 * <p>Thread rule: free for any thread.
 */
final class OAuthGrant {

    /** The client's own token (RFC 6749, section 4.4). */
    AccessToken withClientCredentials(TokenRequest request, ClientAuthentication client) throws TokenException {
        return exchange(request, Optional.of(client), new ClientCredentialsGrant())
                .accessToken();
    }

    /** A user's token for name and password (RFC 6749, section 4.3). */
    AccessToken withPassword(TokenRequest request, UserPassword user) throws TokenException {
        return exchange(
                        request,
                        user.client(),
                        new ResourceOwnerPasswordCredentialsGrant(
                                user.user(),
                                new com.nimbusds.oauth2.sdk.auth.Secret(
                                        user.password().reveal())))
                .accessToken();
    }

    /**
     * A user's token for a refresh token, and the next refresh token if there is one (RFC 6749, section 6).
     *
     * @param client empty for a public client
     */
    Exchanged withRefreshToken(TokenRequest request, Optional<ClientAuthentication> client, Secret refreshToken)
            throws TokenException {
        return exchange(request, client, new RefreshTokenGrant(new RefreshToken(refreshToken.reveal())));
    }

    /**
     * Asks for a token.
     *
     * @param client empty for a public client, which only names itself
     */
    Exchanged exchange(TokenRequest request, Optional<ClientAuthentication> client, AuthorizationGrant grant)
            throws TokenException {
        com.nimbusds.oauth2.sdk.TokenRequest.Builder asked = client.isPresent()
                ? new com.nimbusds.oauth2.sdk.TokenRequest.Builder(
                        request.tokenEndpoint(), ClientProof.of(request, client.get()), grant)
                : new com.nimbusds.oauth2.sdk.TokenRequest.Builder(
                        request.tokenEndpoint(), new ClientID(request.clientId()), grant);
        // Nothing asked for: the provider's default.
        asked.scope(Scope.parse(request.scope().isBlank() ? null : request.scope()));
        return send(request, asked.build());
    }

    private static Exchanged send(TokenRequest request, com.nimbusds.oauth2.sdk.TokenRequest asked)
            throws TokenException {
        TokenEndpointClient endpoint = new TokenEndpointClient(request.http());
        TokenFailure failures = new TokenFailure(request, endpoint);
        try {
            HTTPResponse response = asked.toHTTPRequest().send(new NimbusHttpClient(endpoint));
            if (!response.indicatesSuccess()) {
                throw failures.of(null);
            }
            return new Exchanged(
                    ReceivedToken.of(request, endpoint), endpoint.token().refreshToken());
        } catch (IOException | RuntimeException failed) {
            throw failures.of(failed);
        }
    }
}

package org.outlookmail.token.grant;

import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.Client;
import org.outlookmail.token.Credential.ClientCertificate;
import org.outlookmail.token.Credential.ClientSecret;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.Credential.Federated;
import org.outlookmail.token.Credential.ManagedIdentity;
import org.outlookmail.token.Credential.ServiceAccount;
import org.outlookmail.token.Credential.UserPassword;
import org.outlookmail.token.Grant;
import org.outlookmail.token.RefreshTokens;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/**
 * Every grant: the credential decides which.
 *
 * <p>Thread rule: free for any thread.
 */
public final class Grants implements Grant {

    private final MicrosoftGrant microsoft = new MicrosoftGrant();
    private final RotatingSecret rotatingSecret = new RotatingSecret(microsoft);
    private final ManagedIdentityGrant managedIdentity = new ManagedIdentityGrant();
    private final OAuthGrant oauth = new OAuthGrant();
    private final GoogleGrant google = new GoogleGrant();
    private final RefreshTokens refreshTokens;

    /**
     * @param refreshTokens those of users who have signed in; not null
     */
    public Grants(RefreshTokens refreshTokens) {
        this.refreshTokens = refreshTokens;
    }

    @Override
    public AccessToken acquire(TokenRequest request) throws TokenException {
        // A switch over types is Java 21's.
        if (request.credential() instanceof ClientSecret secret) {
            return rotatingSecret.acquire(request, secret);
        }
        if (request.credential() instanceof ClientCertificate certificate) {
            return microsoft.withCertificate(request, certificate.keys());
        }
        if (request.credential() instanceof Federated federated) {
            return microsoft.withAssertion(request, federated.token());
        }
        if (request.credential() instanceof ManagedIdentity identity) {
            return managedIdentity.acquire(request, identity);
        }
        if (request.credential() instanceof UserPassword user) {
            return oauth.withPassword(request, user);
        }
        if (request.credential() instanceof Delegated delegated) {
            return refreshTokens.exchange(
                    request, refreshToken -> oauth.withRefreshToken(request, delegated.client(), refreshToken));
        }
        if (request.credential() instanceof Client client) {
            return oauth.withClientCredentials(request, client.client());
        }
        return google.withServiceAccount(request, (ServiceAccount) request.credential());
    }
}

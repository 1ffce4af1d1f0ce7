package org.outlookmail.token.grant;

import java.util.Optional;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential.UserPassword;
import org.outlookmail.token.RefreshTokens.Exchanged;
import org.outlookmail.token.Secret;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/** Skeleton: replaced by the generic provider's grant in the next commit of this branch. */
@SuppressWarnings("DoNotCallSuggester")
final class OAuthGrant {

    AccessToken withClientCredentials(TokenRequest request, ClientAuthentication client) throws TokenException {
        throw new UnsupportedOperationException(request + " " + client);
    }

    AccessToken withPassword(TokenRequest request, UserPassword user) throws TokenException {
        throw new UnsupportedOperationException(request + " " + user);
    }

    Exchanged withRefreshToken(TokenRequest request, Optional<ClientAuthentication> client, Secret refreshToken)
            throws TokenException {
        throw new UnsupportedOperationException(request + " " + client);
    }
}

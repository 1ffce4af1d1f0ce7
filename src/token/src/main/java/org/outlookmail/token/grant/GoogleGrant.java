package org.outlookmail.token.grant;

import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ServiceAccount;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/** Skeleton: replaced by Google's grant in the next commit of this branch. */
@SuppressWarnings("DoNotCallSuggester")
final class GoogleGrant {

    AccessToken withServiceAccount(TokenRequest request, ServiceAccount account) throws TokenException {
        throw new UnsupportedOperationException(request + " " + account);
    }
}

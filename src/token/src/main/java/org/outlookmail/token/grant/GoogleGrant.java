package org.outlookmail.token.grant;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential.ServiceAccount;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/**
 * Tokens of a Google service account that acts for a user of its domain, through Google's own library (RFC 7523, section
 * 2.1). One attempt; the library asks nobody but the token endpoint of the request, whatever the key file says. The
 * assertion is always addressed to Google's own token endpoint, as the library has it.
 *
 * <p>Thread rule: free for any thread.
 */
final class GoogleGrant {

    AccessToken withServiceAccount(TokenRequest request, ServiceAccount account) throws TokenException {
        TokenEndpointClient endpoint = new TokenEndpointClient(request.http());
        GoogleCredentials credentials = credentials(request, account, new GoogleHttpTransport(endpoint));
        TokenFailure failures = new TokenFailure(request, endpoint);
        try {
            credentials.refreshAccessToken();
            return ReceivedToken.of(request, endpoint);
        } catch (IOException | RuntimeException failed) {
            throw failures.of(failed);
        }
    }

    private static GoogleCredentials credentials(
            TokenRequest request, ServiceAccount account, GoogleHttpTransport transport) throws TokenException {
        byte[] key = account.key().current().reveal().getBytes(StandardCharsets.UTF_8);
        try {
            GoogleCredentials scoped =
                    ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key), () -> transport).toBuilder()
                            .setTokenServerUri(request.tokenEndpoint())
                            .setDefaultRetriesEnabled(false)
                            .build()
                            .createScoped(List.of(request.scope().split(" +", -1)));
            return account.user().isEmpty() ? scoped : scoped.createDelegated(account.user());
        } catch (IOException | RuntimeException unfit) {
            // A parser may quote what it could not read, so what it says is not passed on.
            throw new TokenException(
                    Diagnosis.of(
                            DiagnosisCode.SERVICE_ACCOUNT_KEY_UNUSABLE,
                            "The file " + account.key() + " cannot be used.",
                            Map.of("reason", "Google's library does not accept the key in it")),
                    null,
                    null);
        }
    }
}

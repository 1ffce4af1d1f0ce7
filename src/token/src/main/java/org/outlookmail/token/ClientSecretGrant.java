package org.outlookmail.token;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import java.net.MalformedURLException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/** Client credentials with a secret (RFC 6749, section 4.4) from Microsoft Entra, through MSAL4J. */
public final class ClientSecretGrant implements Grant {

    /** Entra's own address of the global cloud; only MSAL4J sees it, see {@link TokenEndpointClient}. */
    private static final String KNOWN_AUTHORITY = "https://login.microsoftonline.com/";

    private static final ExecutorService ON_THIS_THREAD = new CallerRunsExecutor();

    private final HttpTimeouts timeouts;

    /**
     * @param timeouts for the token endpoint; not null
     */
    public ClientSecretGrant(HttpTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    @Override
    public AccessToken acquire(TokenRequest request) throws TokenException {
        TokenEndpointClient endpoint = new TokenEndpointClient(request.authority(), timeouts);
        long started = System.nanoTime();
        try {
            IAuthenticationResult result = application(request, endpoint)
                    .acquireToken(ClientCredentialParameters.builder(Set.of(request.scope()))
                            .skipCache(true)
                            .build())
                    .get();
            if (result.accessToken() == null || result.expiresOnDate() == null) {
                throw TokenFailure.unusable(request, endpoint, started, null);
            }
            return new AccessToken(result.accessToken(), result.expiresOnDate().toInstant());
        } catch (ExecutionException failed) {
            throw TokenFailure.of(request, endpoint, started, failed.getCause());
        } catch (MalformedURLException | RuntimeException failed) {
            throw TokenFailure.of(request, endpoint, started, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw TokenFailure.of(request, endpoint, started, interrupted);
        }
    }

    private static ConfidentialClientApplication application(TokenRequest request, TokenEndpointClient endpoint)
            throws MalformedURLException {
        return ConfidentialClientApplication.builder(
                        request.clientId(),
                        ClientCredentialFactory.createFromSecret(
                                request.clientSecret().reveal()))
                .authority(KNOWN_AUTHORITY + request.tenantId() + "/")
                .instanceDiscovery(false)
                .disableInternalRetries()
                .executorService(ON_THIS_THREAD)
                .httpClient(endpoint)
                .build();
    }
}

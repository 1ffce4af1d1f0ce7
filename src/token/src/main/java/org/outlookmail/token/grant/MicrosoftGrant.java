package org.outlookmail.token.grant;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import java.io.IOException;
import java.net.MalformedURLException;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.FederatedTokenFile;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.TokenClaims;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/**
 * Tokens of Microsoft Entra through MSAL4J: client credentials with a secret, a certificate or the statement of a platform (RFC
 * 6749, section 4.4; RFC 7523). One attempt, with the credential given. MSAL4J's own password grant is deprecated, and what it knows of refresh
 * tokens stays inside; those are {@link OAuthGrant}'s.
 *
 * <p>Thread rule: free for any thread; MSAL4J works on the caller's.
 */
final class MicrosoftGrant {

    /** Entra's own address of the global cloud; only MSAL4J sees it, see {@link MsalHttpClient}. */
    private static final String KNOWN_AUTHORITY = "https://login.microsoftonline.com/";

    /** Stands in for a tenant that only the token endpoint names. */
    private static final String ANY_TENANT = "organizations";

    private static final ExecutorService ON_THIS_THREAD = new CallerRunsExecutor();

    AccessToken withSecret(TokenRequest request, Secret secret) throws TokenException {
        return withCredential(request, ClientCredentialFactory.createFromSecret(secret.reveal()));
    }

    AccessToken withCertificate(TokenRequest request, KeyStoreFile file) throws TokenException {
        return withCredential(request, certificate(request, file));
    }

    /** The file's statement as it is now; MSAL4J, made anew for each request, keeps none. */
    AccessToken withAssertion(TokenRequest request, FederatedTokenFile file) throws TokenException {
        String assertion = file.current().reveal();
        return withCredential(
                request,
                ClientCredentialFactory.createFromClientAssertion(assertion),
                TokenClaims.ofAssertion(assertion));
    }

    private static IClientCredential certificate(TokenRequest request, KeyStoreFile file) throws TokenException {
        KeyStoreFile.Entry entry = file.current();
        if (!(entry.key() instanceof RSAPrivateKey)) {
            // MSAL4J would find out while it signs.
            throw new TokenException(
                    Diagnosis.of(
                            DiagnosisCode.CERTIFICATE_UNUSABLE,
                            "No token for " + request.subject() + ": Entra takes RSA keys, and the one in " + file
                                    + " is of another kind.",
                            Map.of("algorithm", entry.key().getAlgorithm())),
                    null,
                    null);
        }
        // The chain goes along (x5c), so that subject-name authentication works too.
        return ClientCredentialFactory.createFromCertificateChain(entry.key(), List.copyOf(entry.chain()));
    }

    private AccessToken withCredential(TokenRequest request, IClientCredential credential) throws TokenException {
        return withCredential(request, credential, new TokenClaims(Map.of()));
    }

    private AccessToken withCredential(TokenRequest request, IClientCredential credential, TokenClaims assertion)
            throws TokenException {
        return acquire(
                request,
                assertion,
                http -> confidential(request, http, credential)
                        .acquireToken(ClientCredentialParameters.builder(scopes(request))
                                .skipCache(true)
                                .build()));
    }

    /** A call of MSAL4J's. */
    @FunctionalInterface
    private interface Call {
        CompletableFuture<IAuthenticationResult> start(MsalHttpClient http) throws MalformedURLException;
    }

    private static AccessToken acquire(TokenRequest request, TokenClaims assertion, Call call) throws TokenException {
        TokenEndpointClient endpoint = new TokenEndpointClient(request.http());
        TokenFailure failures = new TokenFailure(request, endpoint, assertion);
        try {
            call.start(new MsalHttpClient(endpoint, request.tokenEndpoint())).get();
            return ReceivedToken.of(request, endpoint);
        } catch (ExecutionException failed) {
            throw failures.of(failed.getCause());
        } catch (IOException | RuntimeException failed) {
            throw failures.of(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.of(interrupted);
        }
    }

    private static Set<String> scopes(TokenRequest request) {
        return new LinkedHashSet<>(Arrays.asList(request.scope().split(" +", -1)));
    }

    private static ConfidentialClientApplication confidential(
            TokenRequest request, MsalHttpClient http, IClientCredential credential) throws MalformedURLException {
        return ConfidentialClientApplication.builder(request.clientId(), credential)
                .authority(authority(request))
                .instanceDiscovery(false)
                .disableInternalRetries()
                .executorService(ON_THIS_THREAD)
                .httpClient(http)
                .build();
    }

    private static String authority(TokenRequest request) {
        return KNOWN_AUTHORITY + (request.tenantId().isEmpty() ? ANY_TENANT : request.tenantId()) + "/";
    }
}

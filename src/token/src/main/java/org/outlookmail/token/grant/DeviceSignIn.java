package org.outlookmail.token.grant;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.RefreshTokens.Exchanged;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;

/**
 * A user signs in once, in a browser anywhere, for a mailbox (RFC 8628). It has no thread of its own: whoever started it
 * asks now and then whether it is done.
 *
 * <p>Thread rule: free for any thread, one poll at a time.
 */
public final class DeviceSignIn {

    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final TokenService tokens;
    private final TokenRequest asked;
    private final TokenRequest request;
    private final Delegated credential;
    private final DeviceAuthorizationSuccessResponse started;
    private final Clock clock;
    private final Instant expiresAt;
    private Duration interval;
    private Instant nextPoll;
    private boolean done;
    private String user;

    private DeviceSignIn(
            TokenService tokens,
            TokenRequest asked,
            TokenRequest request,
            DeviceAuthorizationSuccessResponse started,
            Clock clock) {
        this.tokens = tokens;
        this.asked = asked;
        this.request = request;
        this.credential = (Delegated) request.credential();
        this.started = started;
        this.clock = clock;
        this.expiresAt = clock.instant().plusSeconds(started.getLifetime());
        this.interval = Duration.ofSeconds(Math.max(1, started.getInterval()));
        this.nextPoll = clock.instant();
    }

    /**
     * Asks the provider for a code.
     *
     * @param tokens keeps what comes of it; not null
     * @param asked for which mailbox and what; its credential is a {@link Delegated}
     * @param clock what time it is; not null
     * @throws TokenException if the provider refuses or cannot be reached, or has no such sign-in
     */
    public static DeviceSignIn start(TokenService tokens, TokenRequest asked, Clock clock) throws TokenException {
        if (!(asked.credential() instanceof Delegated delegated)) {
            throw new IllegalArgumentException("only the grant delegated has a sign-in");
        }
        TokenRequest request = withRefreshToken(asked);
        URI address = delegated.deviceEndpoint().orElseThrow(() -> noEndpoint(request));
        TokenEndpointClient endpoint = new TokenEndpointClient(request.http());
        TokenFailure failures = new TokenFailure(request, endpoint);
        try {
            DeviceAuthorizationRequest.Builder authorization =
                    delegated.client().isPresent()
                            ? new DeviceAuthorizationRequest.Builder(
                                    ClientProof.of(request, delegated.client().get()))
                            : new DeviceAuthorizationRequest.Builder(new ClientID(request.clientId()));
            HTTPResponse response = authorization
                    .endpointURI(address)
                    .scope(Scope.parse(request.scope()))
                    .build()
                    .toHTTPRequest()
                    .send(new NimbusHttpClient(endpoint));
            if (!response.indicatesSuccess()) {
                throw failures.of(null);
            }
            return new DeviceSignIn(tokens, asked, request, DeviceAuthorizationSuccessResponse.parse(response), clock);
        } catch (IOException | ParseException | RuntimeException failed) {
            throw failures.of(failed);
        }
    }

    /** Entra gives a refresh token only to those who ask for it; elsewhere the administrator's scope stands. */
    private static TokenRequest withRefreshToken(TokenRequest asked) {
        boolean entra = !asked.tenantId().isEmpty();
        return !entra || (" " + asked.scope() + " ").contains(" offline_access ")
                ? asked
                : new TokenRequest(
                        asked.tokenEndpoint(),
                        asked.tenantId(),
                        asked.clientId(),
                        asked.credential(),
                        asked.scope() + " offline_access",
                        asked.http());
    }

    private static TokenException noEndpoint(TokenRequest request) {
        return new TokenException(
                new Diagnosis(
                        DiagnosisCode.SIGN_IN_FAILED,
                        "There is no sign-in for " + request.subject() + ".",
                        "The property deviceAuthorizationEndpoint is missing.",
                        "Set it to the provider's device authorization endpoint, or set refreshToken.",
                        Map.of()),
                null,
                null);
    }

    /** What the user enters; never null. */
    public String userCode() {
        return started.getUserCode().getValue();
    }

    /** Where the user enters it; never null. */
    public URI verificationUri() {
        return started.getVerificationURI();
    }

    /** Until when. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** How often it makes sense to poll. */
    public synchronized Duration interval() {
        return interval;
    }

    /** The user who has signed in, as the token names it; empty before, and if the token says nothing. */
    public synchronized Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /**
     * Asks whether the user has signed in. A poll sooner than the provider wants makes no request.
     *
     * @return whether it is done; from then on mail works, on every server of the cluster
     * @throws TokenException if it was declined, the code has expired, or the provider refuses; a new one must be started
     */
    public synchronized boolean poll() throws TokenException {
        if (done || clock.instant().isBefore(nextPoll)) {
            return done;
        }
        nextPoll = clock.instant().plus(interval);
        Exchanged exchanged;
        try {
            exchanged = new OAuthGrant()
                    .exchange(request, credential.client(), new DeviceCodeGrant(started.getDeviceCode()));
        } catch (TokenException refused) {
            if (pending(refused)) {
                return false;
            }
            throw refused;
        }
        tokens.signedIn(
                asked, exchanged.accessToken(), exchanged.refreshToken().orElseThrow(() -> noRefreshToken(request)));
        user = exchanged.accessToken().claims().values().get("upn");
        done = true;
        return true;
    }

    /** RFC 8628, section 3.5. */
    private boolean pending(TokenException refused) {
        String error = refused.diagnosis().details().getOrDefault("error", "");
        if (error.equals("slow_down")) {
            interval = interval.plus(SLOWER);
            nextPoll = clock.instant().plus(interval);
            return true;
        }
        boolean silent = refused.diagnosis().code() == DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE
                || refused.diagnosis().code() == DiagnosisCode.TOKEN_ENDPOINT_UNAVAILABLE;
        return error.equals("authorization_pending")
                || (silent && clock.instant().isBefore(expiresAt));
    }

    private static TokenException noRefreshToken(TokenRequest request) {
        return new TokenException(
                new Diagnosis(
                        DiagnosisCode.SIGN_IN_FAILED,
                        "The sign-in for " + request.subject() + " brought no refresh token.",
                        "The property scope lacks what the provider gives one for, often offline_access.",
                        "Add offline_access to scope, allow it in the client's settings, and sign in again.",
                        Map.of("scope", request.scope())),
                null,
                null);
    }
}

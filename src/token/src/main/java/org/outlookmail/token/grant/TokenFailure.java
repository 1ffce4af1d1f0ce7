package org.outlookmail.token.grant;

import static org.outlookmail.DiagnosisCode.*;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.Credential.ManagedIdentity;
import org.outlookmail.token.TokenClaims;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;
import org.outlookmail.token.grant.TokenAnswer.UnusableAnswerException;
import org.outlookmail.token.grant.TokenEndpointClient.Answer;
import org.outlookmail.token.grant.TokenEndpointClient.OAuthError;

/**
 * Turns what a token endpoint, HTTP and TLS say into a diagnosis. The HTTP status, the OAuth error and the exception's type
 * decide; the texts only supply the AADSTS number and the hint, since Microsoft may change them.
 *
 * <p>Thread rule: one request, one thread.
 */
final class TokenFailure {

    /** More of a text that came over the network is not shown. */
    private static final int LONGEST_REPLY = 600;

    private final TokenRequest request;
    private final TokenEndpointClient endpoint;
    private final TokenClaims assertion;
    private final long startedNanos = System.nanoTime();

    /**
     * @param request what is asked for
     * @param endpoint what comes back
     */
    TokenFailure(TokenRequest request, TokenEndpointClient endpoint) {
        this(request, endpoint, new TokenClaims(Map.of()));
    }

    /**
     * The same for a client that shows somebody else's statement.
     *
     * @param assertion what it says, for the details
     */
    TokenFailure(TokenRequest request, TokenEndpointClient endpoint, TokenClaims assertion) {
        this.request = request;
        this.endpoint = endpoint;
        this.assertion = assertion;
    }

    /**
     * The diagnosis of a failed request.
     *
     * @param failure what the client library made of it
     */
    TokenException of(Throwable failure) {
        if (endpoint.unusableTrust().isPresent()) {
            return endpoint.unusableTrust().get();
        }
        Optional<Answer> answer = endpoint.last();
        if (answer.isEmpty()) {
            return unanswered(
                    endpoint.failure().isPresent() ? endpoint.failure().get() : failure);
        }
        int status = answer.get().status();
        if (status == 429) {
            return exception(TOKEN_ENDPOINT_THROTTLED, "limits token requests", failure);
        }
        if (managedIdentity() && (status == 404 || status == 410)) {
            // How the metadata service says that it is being updated.
            return exception(TOKEN_ENDPOINT_UNAVAILABLE, "is being updated", failure);
        }
        if (status >= 500) {
            return exception(TOKEN_ENDPOINT_UNAVAILABLE, "has a fault", failure);
        }
        if (status == 408) {
            // RFC 9110, section 15.5.9: the same request may be sent again.
            return exception(TOKEN_ENDPOINT_UNAVAILABLE, "did not get the request in time", failure);
        }
        if (status == 407) {
            return exception(PROXY_REFUSED, "is behind a proxy that wants to know who asks", failure);
        }
        Optional<OAuthError> error = endpoint.error();
        return error.isPresent() ? refused(error.get(), failure) : unusable(failure);
    }

    /** The same for an answer in which there is no token; {@code failure} may be null. */
    TokenException unusable(Throwable failure) {
        return exception(TOKEN_ANSWER_UNUSABLE, "did not answer with a token", failure);
    }

    private TokenException unanswered(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof TokenException ours) {
                return ours;
            }
            if (next instanceof SSLException) {
                return exception(TOKEN_ENDPOINT_TLS, "could not be trusted", failure);
            }
            if (next instanceof ProtocolException) {
                return unusable(failure);
            }
            if (next instanceof SocketTimeoutException) {
                return exception(unreachable(), "did not answer in time", failure);
            }
            if (next instanceof IOException) {
                // The JDK says so of a proxy that refuses a tunnel; it has no type of its own.
                boolean tunnel = String.valueOf(next.getMessage()).contains("through proxy");
                return exception(tunnel ? PROXY_REFUSED : unreachable(), "could not be reached", failure);
            }
        }
        return exception(TOKEN_REFUSED, "was not asked", failure);
    }

    private boolean managedIdentity() {
        return request.credential() instanceof ManagedIdentity;
    }

    private DiagnosisCode unreachable() {
        return managedIdentity() ? MANAGED_IDENTITY_UNREACHABLE : TOKEN_ENDPOINT_UNREACHABLE;
    }

    private TokenException refused(OAuthError error, Throwable failure) {
        DiagnosisCode code = EntraErrors.code(error, request.credential()).orElse(TOKEN_REFUSED);
        String did = switch (code) {
            case TOKEN_ENDPOINT_UNAVAILABLE -> "has a fault";
            case TOKEN_ENDPOINT_THROTTLED -> "limits token requests";
            default -> "refused the request";
        };
        return exception(code, did, failure);
    }

    private TokenException exception(DiagnosisCode code, String did, Throwable failure) {
        String summary = "No token for " + request.subject() + ": the token endpoint at " + request.tokenEndpoint()
                + " " + did + ".";
        Optional<Answer> answer = endpoint.last();
        Duration retryAfter = endpoint.retryAfter().orElse(null);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("tokenEndpoint", request.tokenEndpoint().toString());
        details.put(
                "proxy",
                request.http().proxy().type() == Proxy.Type.DIRECT
                        ? null
                        : String.valueOf(request.http().proxy().address()));
        details.put(
                "trustStore",
                request.http().trust().map(TrustStoreFile::toString).orElse(null));
        details.put("scope", request.scope());
        assertion.values().forEach((claim, value) -> details.put("assertion." + claim, value));
        details.put(
                "httpStatus",
                answer.map(given -> Integer.toString(given.status())).orElse(null));
        details.put("error", endpoint.error().map(OAuthError::error).orElse(null));
        details.put("reply", reply(failure));
        details.put("reason", reason(failure));
        details.put(
                "contentType", answer.map(given -> given.header("Content-Type")).orElse(null));
        details.put(Diagnosis.RETRY_AFTER, retryAfter == null ? null : Diagnosis.retryAfterSeconds(retryAfter));
        details.put("clockDifferenceSeconds", clockDifference());
        details.put("elapsedMillis", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos)));
        // A parser quotes what it could not read; after a success that may be a token, so nothing of it is told.
        boolean mayHoldToken = answer.filter(Answer::success).isPresent();
        return new TokenException(Diagnosis.of(code, summary, details), retryAfter, mayHoldToken ? null : failure);
    }

    /** What is wrong with a success, in words of our own; null if nothing is. */
    private static String reason(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof UnusableAnswerException unusable) {
                return unusable.getMessage();
            }
        }
        return null;
    }

    /** Only if it is large enough to be the cause: a certificate's assertion is good for some minutes. */
    private String clockDifference() {
        return endpoint.clockDifference()
                .filter(difference -> difference.abs().compareTo(ReceivedToken.TOLERABLE) > 0)
                .map(difference -> Long.toString(difference.toSeconds()))
                .orElse(null);
    }

    /** The error in the server's words, or why there was no answer; null if the answer was none that has words. */
    private String reply(Throwable failure) {
        if (endpoint.last().isPresent()) {
            return endpoint.error()
                    .map(OAuthError::description)
                    .filter(text -> !text.isBlank())
                    .map(TokenFailure::firstLine)
                    .orElse(null);
        }
        if (failure == null) {
            return null;
        }
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof UnknownHostException unknown) {
                return "unknown host " + firstLine(String.valueOf(unknown.getMessage()));
            }
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : firstLine(failure.getMessage());
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() > LONGEST_REPLY ? line.substring(0, LONGEST_REPLY) + "..." : line;
    }
}

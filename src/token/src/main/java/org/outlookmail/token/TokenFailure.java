package org.outlookmail.token;

import static java.util.Map.entry;
import static org.outlookmail.DiagnosisCode.*;

import com.microsoft.aad.msal4j.MsalServiceException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * Turns what MSAL4J, HTTP and TLS say into a diagnosis. The HTTP status and the exception's type decide; Entra's texts
 * only supply the AADSTS number and the hint, since Microsoft may change them.
 */
final class TokenFailure {

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d+)");

    private static final Map<String, DiagnosisCode> BY_NUMBER = Map.ofEntries(
            entry("7000215", CLIENT_SECRET_WRONG),
            entry("7000222", CLIENT_SECRET_EXPIRED),
            entry("90002", TENANT_UNKNOWN),
            entry("900023", TENANT_UNKNOWN),
            entry("700016", APPLICATION_UNKNOWN),
            entry("65001", CONSENT_MISSING),
            entry("70011", SCOPE_INVALID),
            entry("1002012", SCOPE_INVALID));

    private TokenFailure() {}

    /**
     * The diagnosis of a failed request.
     *
     * @param request what was asked for
     * @param endpoint what came back
     * @param startedNanos when it was asked, by {@link System#nanoTime()}
     * @param failure what MSAL4J made of it
     */
    static TokenException of(TokenRequest request, TokenEndpointClient endpoint, long startedNanos, Throwable failure) {
        int status = endpoint.status();
        if (status == 429) {
            return exception(
                    TOKEN_ENDPOINT_THROTTLED, "limits token requests", request, endpoint, startedNanos, failure);
        }
        if (status >= 500) {
            return exception(TOKEN_ENDPOINT_UNAVAILABLE, "has a fault", request, endpoint, startedNanos, failure);
        }
        if (status < 0) {
            return unreachable(request, endpoint, startedNanos, failure);
        }
        return failure instanceof MsalServiceException refusal && status >= 400 && endpoint.answeredJson()
                ? refused(request, endpoint, startedNanos, refusal)
                : unusable(request, endpoint, startedNanos, failure);
    }

    /** The same for an answer in which there is no token; {@code failure} may be null. */
    static TokenException unusable(
            TokenRequest request, TokenEndpointClient endpoint, long startedNanos, Throwable failure) {
        return exception(
                TOKEN_ANSWER_UNUSABLE, "did not answer with a token", request, endpoint, startedNanos, failure);
    }

    private static TokenException unreachable(
            TokenRequest request, TokenEndpointClient endpoint, long startedNanos, Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof SSLException) {
                return exception(TOKEN_ENDPOINT_TLS, "could not be trusted", request, endpoint, startedNanos, failure);
            }
            if (next instanceof ProtocolException) {
                return unusable(request, endpoint, startedNanos, failure);
            }
            if (next instanceof SocketTimeoutException) {
                return exception(
                        TOKEN_ENDPOINT_UNREACHABLE, "did not answer in time", request, endpoint, startedNanos, failure);
            }
            if (next instanceof IOException) {
                return exception(
                        TOKEN_ENDPOINT_UNREACHABLE, "could not be reached", request, endpoint, startedNanos, failure);
            }
        }
        return exception(TOKEN_REFUSED, "was not asked", request, endpoint, startedNanos, failure);
    }

    private static TokenException refused(
            TokenRequest request, TokenEndpointClient endpoint, long startedNanos, MsalServiceException refusal) {
        String text = String.valueOf(refusal.getMessage());
        Matcher number = AADSTS.matcher(text);
        DiagnosisCode code = number.find() ? BY_NUMBER.getOrDefault(number.group(1), TOKEN_REFUSED) : TOKEN_REFUSED;
        return exception(code, "refused the request", request, endpoint, startedNanos, refusal);
    }

    private static TokenException exception(
            DiagnosisCode code,
            String did,
            TokenRequest request,
            TokenEndpointClient endpoint,
            long startedNanos,
            Throwable failure) {
        String summary = "No token for application " + request.clientId() + " of tenant " + request.tenantId()
                + ": the token endpoint at " + request.authority() + " " + did + ".";
        Duration retryAfter = endpoint.retryAfter().orElse(null);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("authority", request.authority().toString());
        details.put("scope", request.scope());
        details.put("httpStatus", endpoint.status() < 0 ? null : Integer.toString(endpoint.status()));
        details.put("reply", reply(endpoint, failure));
        details.put("contentType", endpoint.contentType());
        details.put("retryAfterSeconds", retryAfter == null ? null : Long.toString(retryAfter.toSeconds()));
        details.put("elapsedMillis", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos)));
        return new TokenException(
                Diagnosis.of(code, summary, details), retryAfter, mayHoldToken(endpoint) ? null : failure);
    }

    /** MSAL4J's parser quotes what it could not read; after a success that may be a token, so nothing of it is told. */
    private static boolean mayHoldToken(TokenEndpointClient endpoint) {
        return endpoint.status() >= 200 && endpoint.status() < 300;
    }

    /** The error in the server's words, or why there was no answer; null if the answer was none that has words. */
    private static String reply(TokenEndpointClient endpoint, Throwable failure) {
        boolean answered = endpoint.status() >= 0;
        if (failure == null || (answered && (mayHoldToken(endpoint) || !endpoint.answeredJson()))) {
            return null;
        }
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").trim();
    }
}

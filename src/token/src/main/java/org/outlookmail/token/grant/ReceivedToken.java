package org.outlookmail.token.grant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.TokenRequest;

/**
 * Makes an {@link AccessToken} of what a token endpoint answered, and tells the administrator when this machine's clock
 * differs from the endpoint's so much that tokens will be refused.
 *
 * <p>Thread rule: one request, one thread.
 */
final class ReceivedToken {

    private static final Logger LOG = System.getLogger(ReceivedToken.class.getName());

    /** Entra dates its tokens back by so much, for clocks that are late. */
    static final Duration TOLERABLE = Duration.ofMinutes(5);

    private ReceivedToken() {}

    /**
     * @param lifetime by the answer's {@code expires_in}: a duration, so that a wrong clock does no harm here
     */
    static AccessToken of(TokenRequest request, TokenEndpointClient endpoint, String value, Duration lifetime) {
        endpoint.clockDifference()
                .filter(difference -> difference.abs().compareTo(TOLERABLE) > 0)
                .ifPresent(difference ->
                        LOG.log(Level.WARNING, clockDiffers(request, difference).toString()));
        Instant now = Instant.now();
        return new AccessToken(value, now, now.plus(lifetime));
    }

    private static Diagnosis clockDiffers(TokenRequest request, Duration difference) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("tokenEndpoint", request.tokenEndpoint().toString());
        details.put("clockDifferenceSeconds", Long.toString(difference.toSeconds()));
        String direction = difference.isNegative() ? "ahead of" : "behind";
        return Diagnosis.of(
                DiagnosisCode.CLOCK_DIFFERS,
                "This machine's clock is " + difference.abs().toMinutes() + " minutes " + direction
                        + " that of the token endpoint.",
                details);
    }
}

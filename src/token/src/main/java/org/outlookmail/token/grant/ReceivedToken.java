package org.outlookmail.token.grant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.TokenClaims;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.grant.TokenAnswer.UnusableAnswerException;
import org.outlookmail.token.grant.TokenEndpointClient.Answer;

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

    /** For a token of which nobody says how long it lives (RFC 6749, section 5.1): what is most usual. */
    static final Duration UNSAID = Duration.ofHours(1);

    /** No token is kept longer, whatever is said of it. */
    static final Duration LONGEST = Duration.ofDays(1);

    private ReceivedToken() {}

    /**
     * The token of the endpoint's last answer.
     *
     * @throws UnusableAnswerException if there is none that may be used
     */
    static AccessToken of(TokenRequest request, TokenEndpointClient endpoint) throws UnusableAnswerException {
        TokenAnswer answer = endpoint.token();
        endpoint.clockDifference()
                .filter(difference -> difference.abs().compareTo(TOLERABLE) > 0)
                .ifPresent(difference ->
                        LOG.log(Level.WARNING, clockDiffers(request, difference).toString()));
        Instant now = Instant.now();
        return new AccessToken(answer.accessToken().reveal(), now, now.plus(lifetime(answer, endpoint)));
    }

    /**
     * The body of the endpoint's last answer for a client library: of a success only what has been read and found good.
     *
     * @throws UnusableAnswerException if it is a success without a token that may be used
     */
    static String readable(TokenEndpointClient endpoint, Answer answer) throws UnusableAnswerException {
        if (!answer.success()) {
            return answer.body();
        }
        TokenAnswer token = endpoint.token();
        return token.plain(lifetime(token, endpoint));
    }

    /**
     * How long the token of the endpoint's last answer lives: until the end that it or the answer ({@code
     * expires_on}) names or as long as {@code expires_in} says, whichever is shorter. What is named by the endpoint's clock is measured by the endpoint's clock, so
     * that a wrong one here does no harm.
     */
    static Duration lifetime(TokenAnswer answer, TokenEndpointClient endpoint) {
        Instant endpointsNow = Instant.now().plus(endpoint.clockDifference().orElse(Duration.ZERO));
        return Stream.concat(
                        answer.expiresIn().stream(),
                        Stream.concat(
                                        answer.expiresOn().stream(),
                                        TokenClaims.of(answer.accessToken().reveal()).expiry().stream())
                                .map(end -> Duration.between(endpointsNow, end))
                                // Ended before it began: by one of the two clocks, which is no word on its life.
                                .filter(own -> own.toSeconds() > 0))
                .min(Comparator.naturalOrder())
                .map(life -> life.compareTo(LONGEST) > 0 ? LONGEST : life)
                .orElse(UNSAID);
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

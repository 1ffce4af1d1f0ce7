package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The authorization codes that are out: good once, for ten minutes, for the client and the address they were given to and
 * for whoever knows the verifier (RFC 6749, 4.1.2; RFC 7636). Safe for any thread.
 */
final class AuthorizationCodes {
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** So long it is still told why an old one is not taken. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final String VERIFIER = "[A-Za-z0-9._~-]{43,128}";
    private static final int BYTES = 200;

    /** What a code stands for. */
    record Granted(AuthorizeRequest request, String upn, Instant expiresAt) {}

    private final Map<String, Granted> good = new HashMap<>();
    private final Map<String, Granted> used = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    AuthorizationCodes(Clock clock) {
        this.clock = clock;
    }

    /** A code for a user who has signed in. */
    synchronized String give(AuthorizeRequest request, String upn) {
        Instant now = clock.instant();
        Instant forgotten = now.minus(REMEMBERED);
        good.values().removeIf(granted -> granted.expiresAt().isBefore(forgotten));
        used.values().removeIf(granted -> granted.expiresAt().isBefore(forgotten));
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String code = "1.A" + Base64URL.encode(bytes);
        good.put(code, new Granted(request, upn, now.plus(LIFE)));
        return code;
    }

    /** What the code stands for; it is good no more then. */
    synchronized Granted redeem(String code, String clientId, String redirectUri, String verifier)
            throws EntraRefusedException {
        if (used.containsKey(code)) {
            throw new EntraRefusedException(SignInErrors.codeUsed());
        }
        Granted granted = good.get(code);
        if (granted == null || !granted.request().client().id().equalsIgnoreCase(clientId)) {
            throw new EntraRefusedException(SignInErrors.codeInvalid());
        }
        if (!clock.instant().isBefore(granted.expiresAt())) {
            throw new EntraRefusedException(SignInErrors.codeExpired());
        }
        String then = granted.request().back().uri();
        if (!redirectUri.equals(then)) {
            throw new EntraRefusedException(SignInErrors.redirectDiffers(redirectUri, then));
        }
        if (!fits(verifier, granted.request().challenge())) {
            throw new EntraRefusedException(SignInErrors.verifierWrong());
        }
        good.remove(code);
        used.put(code, granted);
        return granted;
    }

    private static boolean fits(String verifier, String challenge) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return verifier.matches(VERIFIER)
                    && MessageDigest.isEqual(
                            Base64URL.encode(digest).toString().getBytes(StandardCharsets.US_ASCII),
                            challenge.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}

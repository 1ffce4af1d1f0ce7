package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Which strangers' tokens prove which application: the federated identity credentials of app registrations. Issuer and subject
 * are compared letter by letter. Safe for any thread.
 */
final class FederatedCredentials {
    private final List<Credential> credentials = new CopyOnWriteArrayList<>();
    private final Clock clock;

    FederatedCredentials(Clock clock) {
        this.clock = clock;
    }

    /** What an administrator enters, and the issuer's keys, which Entra fetches from the issuer. */
    record Credential(String clientId, String issuer, String subject, String audience, JWKSet keys) {}

    void add(Credential credential) {
        credentials.add(credential);
    }

    void clear() {
        credentials.clear();
    }

    /** Refuses a token that does not prove this application, as Entra does. */
    void check(String clientId, SignedJWT assertion) throws EntraRefusedException, ParseException {
        JWTClaimsSet claims = assertion.getJWTClaimsSet();
        List<Credential> fitting = credentials.stream()
                .filter(each -> each.clientId().equals(clientId.toLowerCase(Locale.ROOT)))
                .toList();
        String issuer = String.valueOf(claims.getIssuer());
        fitting = narrowed(fitting, each -> each.issuer().equals(issuer), 700211, "issuer '" + issuer + "'");
        checkSignature(assertion, fitting);
        String subject = String.valueOf(claims.getSubject());
        fitting = narrowed(fitting, each -> each.subject().equals(subject), 700213, "subject '" + subject + "'");
        List<String> audience = claims.getAudience();
        narrowed(
                fitting,
                each -> audience.contains(each.audience()),
                700212,
                "audience '" + String.join(", ", audience) + "'");
        Instant now = clock.instant();
        boolean inTime = claims.getExpirationTime() != null
                && now.isBefore(claims.getExpirationTime().toInstant())
                && (claims.getNotBeforeTime() == null
                        || !now.plusSeconds(300)
                                .isBefore(claims.getNotBeforeTime().toInstant()));
        if (!inTime) {
            throw new EntraRefusedException(EntraError.assertionOutOfTime(now));
        }
    }

    private static List<Credential> narrowed(List<Credential> from, Predicate<Credential> fits, int code, String what)
            throws EntraRefusedException {
        List<Credential> fitting = from.stream().filter(fits).toList();
        if (fitting.isEmpty()) {
            throw new EntraRefusedException(EntraError.federationUnknown(code, what));
        }
        return fitting;
    }

    private static void checkSignature(SignedJWT assertion, List<Credential> candidates) throws EntraRefusedException {
        if (candidates.stream().noneMatch(each -> signed(assertion, each.keys()))) {
            throw new EntraRefusedException(EntraError.assertionMalformed());
        }
    }

    private static boolean signed(SignedJWT assertion, JWKSet keys) {
        JWK key = keys.getKeyByKeyId(assertion.getHeader().getKeyID());
        try {
            return key instanceof RSAKey rsa && assertion.verify(new RSASSAVerifier(rsa));
        } catch (JOSEException anotherAlgorithm) {
            return false;
        }
    }
}

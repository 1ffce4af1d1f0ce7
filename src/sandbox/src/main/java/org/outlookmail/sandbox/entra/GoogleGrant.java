package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A Google service account that acts for a user of its domain (RFC 7523), with opaque tokens. Safe for any thread. */
final class GoogleGrant implements Grant {
    private static final Duration LONGEST_ASSERTION = Duration.ofHours(1);
    private static final String SCOPE = "https://mail.google.com/";

    /** Google's own library signs for the real endpoint, whatever it is told to talk to. */
    private static final String REAL_TOKEN_URI = "https://oauth2.googleapis.com/token";

    private final SecureRandom random = new SecureRandom();
    private final Set<String> refusedUsers = ConcurrentHashMap.newKeySet();
    private final ServiceAccount account;
    private final Clock clock;
    private final TokenIssuer issuer;
    private final TokenCheck check;

    GoogleGrant(ServiceAccount account, Clock clock, TokenIssuer issuer, TokenCheck check) {
        this.account = account;
        this.clock = clock;
        this.issuer = issuer;
        this.check = check;
    }

    /** The account may not act for this user. */
    void refuseUser(String user) {
        refusedUsers.add(user);
    }

    @Override
    public Set<String> types() {
        return Set.of("urn:ietf:params:oauth:grant-type:jwt-bearer");
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        try {
            SignedJWT assertion = SignedJWT.parse(request.required("assertion"));
            boolean ours = account.keyId().equals(assertion.getHeader().getKeyID())
                    && assertion.verify(new RSASSAVerifier(account.publicKey()));
            if (!ours) {
                throw refused("invalid_grant", "Invalid JWT Signature.");
            }
            return issue(assertion.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            throw refused("invalid_grant", "Invalid JWT: Failed to parse the assertion.");
        }
    }

    private Issued issue(JWTClaimsSet claims) throws EntraRefusedException, ParseException {
        if (!account.email().equals(claims.getIssuer())) {
            throw refused("invalid_grant", "Invalid grant: account not found");
        }
        Instant now = clock.instant();
        boolean inTime = claims.getExpirationTime() != null
                && claims.getIssueTime() != null
                && now.isBefore(claims.getExpirationTime().toInstant())
                && !claims.getExpirationTime()
                        .toInstant()
                        .isAfter(claims.getIssueTime().toInstant().plus(LONGEST_ASSERTION));
        if (!inTime) {
            throw refused(
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your"
                            + " iat and exp values in the JWT claim.");
        }
        List<String> audience = claims.getAudience();
        if (!audience.equals(List.of(account.tokenUri())) && !audience.equals(List.of(REAL_TOKEN_URI))) {
            throw refused("invalid_grant", "Invalid JWT: aud is " + audience);
        }
        String scopes = String.valueOf(claims.getClaim("scope"));
        String user = String.valueOf(claims.getSubject());
        if (!Arrays.asList(scopes.split(" ", -1)).contains(SCOPE) || refusedUsers.contains(user)) {
            throw refused(
                    "unauthorized_client",
                    "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any"
                            + " of the scopes requested.");
        }
        byte[] bytes = new byte[90];
        random.nextBytes(bytes);
        String token = "ya29.c." + Base64URL.encode(bytes);
        check.opaque(token, user, now.plus(issuer.lifetime()));
        return Issued.alone(token, Math.max(0, issuer.lifetime().toSeconds() - 1));
    }

    private static EntraRefusedException refused(String error, String text) {
        int status = error.equals("unauthorized_client") ? 401 : 400;
        return new EntraRefusedException(new EntraError(status, error, 0, text));
    }
}

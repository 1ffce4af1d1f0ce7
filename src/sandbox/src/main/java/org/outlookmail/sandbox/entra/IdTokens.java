package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.outlookmail.sandbox.SandboxSettings;

/**
 * Tells a client who has signed in: the id token of OpenID Connect, in Entra's version 2.0, and {@code client_info}, from
 * which Microsoft's libraries take the account's id. Safe for any thread.
 */
final class IdTokens {
    private final String tenantId;
    private final Clock clock;
    private final TokenIssuer issuer;

    IdTokens(String tenantId, Clock clock, TokenIssuer issuer) {
        this.tenantId = tenantId;
        this.clock = clock;
        this.issuer = issuer;
    }

    /** The {@code iss} of version 2.0 tokens; {@code tenant} is an id or what stands for any. */
    static String issuer(String tenant) {
        return "https://login.microsoftonline.com/" + tenant + "/v2.0";
    }

    /** {@code nonce} is what the client sent for this (OpenID Connect Core, 3.1.2.1), or empty. */
    String idToken(SandboxSettings.Client client, SandboxSettings.User user, UserScope scope, String nonce) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .audience(client.id())
                .issuer(issuer(tenantId))
                .issueTime(Date.from(now.minus(TokenIssuer.DATED_BACK)))
                .notBeforeTime(Date.from(now.minus(TokenIssuer.DATED_BACK)))
                .expirationTime(Date.from(now.plus(issuer.lifetime())))
                .claim("rh", "1." + issuer.randomText(54) + ".")
                .subject(subject(client, user))
                .claim("tid", tenantId)
                .claim("uti", issuer.randomText(16))
                .claim("ver", "2.0");
        if (!nonce.isEmpty()) {
            claims.claim("nonce", nonce);
        }
        if (scope.has("profile")) {
            claims.claim("name", user.upn())
                    .claim("oid", TokenIssuer.objectId(user.upn()))
                    .claim("preferred_username", user.upn());
        }
        if (scope.has("email")) {
            claims.claim("email", user.upn());
        }
        return issuer.sign(claims.build());
    }

    /** The user's and the tenant's id, as JSON in Base64. */
    String clientInfo(SandboxSettings.User user) {
        return Base64URL.encode("{\"uid\":\"" + TokenIssuer.objectId(user.upn()) + "\",\"utid\":\"" + tenantId + "\"}")
                .toString();
    }

    /** Another for each client: Entra's subjects are pairwise. */
    private static String subject(SandboxSettings.Client client, SandboxSettings.User user) {
        try {
            String both = client.id() + " " + TokenIssuer.objectId(user.upn());
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(both.getBytes(StandardCharsets.UTF_8)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}

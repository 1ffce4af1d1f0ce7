package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.outlookmail.sandbox.SandboxSettings;

/**
 * Makes access tokens as Entra does for an application: RS256, version 1.0, some 1.5 KB. Safe for any thread; owns nothing
 * that must be closed.
 */
public final class TokenIssuer {
    /** Entra dates a token five minutes back, for clocks that are late. */
    static final Duration DATED_BACK = Duration.ofMinutes(5);

    private final String tenantId;
    private final Clock clock;
    private final Duration lifetime;
    private final String keyId;
    private final RSASSASigner signer;
    private final SecureRandom random = new SecureRandom();
    private volatile Map<String, ?> changes = Map.of();

    /** Signs with {@code keys}, whose id in the key document is {@code keyId}. */
    public TokenIssuer(String tenantId, Clock clock, Duration lifetime, String keyId, KeyPair keys) {
        this.tenantId = tenantId;
        this.clock = clock;
        this.lifetime = lifetime;
        this.keyId = keyId;
        this.signer = new RSASSASigner(keys.getPrivate());
    }

    /** The {@code iss} of version 1.0 tokens. */
    public static String issuer(String tenantId) {
        return "https://sts.windows.net/" + tenantId + "/";
    }

    /** How long tokens live. */
    public Duration lifetime() {
        return lifetime;
    }

    /** The claims of a token that {@code client} gets for itself. */
    public JWTClaimsSet.Builder appClaims(SandboxSettings.Client client, String audience, List<String> roles) {
        Instant now = clock.instant();
        String servicePrincipal = objectId(client.id());
        return new JWTClaimsSet.Builder()
                .audience(audience)
                .issuer(issuer(tenantId))
                .issueTime(Date.from(now.minus(DATED_BACK)))
                .notBeforeTime(Date.from(now.minus(DATED_BACK)))
                .expirationTime(Date.from(now.plus(lifetime)))
                .claim("aio", randomText(48))
                .claim("app_displayname", "Outlook Mail Sandbox")
                .claim("appid", client.id())
                .claim("appidacr", "1")
                .claim("idp", issuer(tenantId))
                .claim("idtyp", "app")
                .claim("oid", servicePrincipal)
                .claim("rh", "1." + randomText(54) + ".")
                .claim("roles", List.copyOf(roles))
                .subject(servicePrincipal)
                .claim("tid", tenantId)
                .claim("uti", randomText(16))
                .claim("ver", "1.0")
                // The role template id that Entra names for directory-less applications.
                .claim("wids", List.of("0997a1d0-0d1d-4acb-b408-d5ca73121e90"))
                .claim("xms_ftd", randomText(64))
                .claim("xms_idrel", "7 20");
    }

    /** The claims of a token that {@code client} gets on behalf of a user. */
    public JWTClaimsSet.Builder userClaims(
            SandboxSettings.Client client, String upn, String audience, String permissions) {
        return appClaims(client, audience, List.of())
                .claim("idtyp", null)
                .claim("roles", null)
                .claim("appidacr", "0")
                .claim("amr", List.of("pwd"))
                .claim("name", upn)
                .claim("oid", objectId(upn))
                .subject(objectId(upn))
                .claim("scp", permissions)
                .claim("unique_name", upn)
                .claim("upn", upn);
    }

    /** All access tokens issued from now on have these put over their claims; see {@link #change}. */
    void changes(Map<String, ?> changes) {
        // Null values remove a claim, so no immutable copy.
        this.changes = new HashMap<>(changes);
    }

    /** The signed token, with what a fault changes. */
    String issue(JWTClaimsSet.Builder claims) {
        change(claims, changes);
        return sign(claims.build());
    }

    /** Puts {@code changes} over the claims: null removes a claim, exp, nbf and iat are seconds. */
    public static void change(JWTClaimsSet.Builder claims, Map<String, ?> changes) {
        changes.forEach((name, value) -> {
            if (List.of("exp", "nbf", "iat").contains(name) && value instanceof Number seconds) {
                claims.claim(name, Date.from(Instant.ofEpochSecond(seconds.longValue())));
            } else if (name.equals("aud") && value instanceof String audience) {
                claims.audience(audience);
            } else if (value instanceof Iterable<?> many) {
                List<Object> list = new ArrayList<>();
                many.forEach(list::add);
                claims.claim(name, list);
            } else {
                claims.claim(name, value);
            }
        });
    }

    /** The signed token. */
    public String sign(JWTClaimsSet claims) {
        return sign(claims, signer);
    }

    /** A token with the right key's name but the signature of {@code stranger}. */
    public String forge(JWTClaimsSet claims, KeyPair stranger) {
        return sign(claims, new RSASSASigner(stranger.getPrivate()));
    }

    private String sign(JWTClaimsSet claims, RSASSASigner with) {
        try {
            // The builder has no x5t that is not deprecated, as SHA-1 is; Entra's tokens carry it.
            JWSHeader header = JWSHeader.parse(Map.of("typ", "JWT", "alg", "RS256", "x5t", keyId, "kid", keyId));
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(with);
            return token.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
    }

    /** The same for the same application or user in every run, as the object id of either is. */
    public static String objectId(String name) {
        return UUID.nameUUIDFromBytes(("service principal of " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** That many random bytes in Base64. */
    String randomText(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return Base64URL.encode(random).toString();
    }
}

package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides whether Exchange, or Graph, would take a token: algorithm, signature, issuer, tenant, audience, times, and the permission for
 * the protocol. Safe for any thread; nothing to close.
 */
public final class TokenCheck {
    /** Both names of Exchange Online are seen in tokens. */
    private static final Set<String> AUDIENCES = Set.of("https://outlook.office365.com", "https://outlook.office.com");

    private static final Set<String> GRAPH = Set.of("https://graph.microsoft.com");

    private final String tenantId;
    private final Clock clock;
    private final RSASSAVerifier verifier;
    /** Signatures of tokens that a fault has ended; a signature names one token. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private final Set<String> issued = ConcurrentHashMap.newKeySet();
    /** Tokens that say nothing, by what they are. */
    private final Map<String, Verified> opaque = new ConcurrentHashMap<>();

    /** A token that holds: {@code user} is empty for an application's own token. */
    public record Verified(String clientId, String user, Instant expiresAt, String signature) {}

    /**
     * A token for Graph that holds.
     *
     * @param user empty for an application's own
     * @param permissions roles of an application, scopes of a user
     */
    public record ForGraph(String clientId, String user, Set<String> permissions) {
        /** Copies the set. */
        public ForGraph {
            permissions = Set.copyOf(permissions);
        }
    }

    /** A token that does not hold; the message says why, in claims and not in token text. */
    public static final class TokenRefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        TokenRefusedException(String why) {
            super(why);
        }
    }

    /** Trusts what {@code key} signs, in the name of that tenant. */
    public TokenCheck(String tenantId, Clock clock, RSAPublicKey key) {
        this.tenantId = tenantId;
        this.clock = clock;
        this.verifier = new RSASSAVerifier(key);
    }

    /** Remembers a token that was issued, so that {@link #endAll} can end it. */
    public String issued(String token) {
        issued.add(signatureOf(token));
        return token;
    }

    /** A token that says nothing opens the mailbox of this user by every protocol. */
    void opaque(String token, String user, Instant expiresAt) {
        opaque.put(token, new Verified("google", user, expiresAt, token));
    }

    /** Every token issued so far stops being accepted. */
    public void endAll() {
        ended.addAll(issued);
        issued.clear();
    }

    /** Whether a session that was opened with this token may go on. */
    public boolean stillHolds(Verified token) {
        return clock.instant().isBefore(token.expiresAt()) && !ended.contains(token.signature());
    }

    /**
     * Checks a token for a protocol.
     *
     * @param permission "SMTP", "IMAP" or "POP"
     */
    public Verified check(String token, String permission) throws TokenRefusedException {
        Verified known = opaque.get(token);
        if (known != null) {
            require(stillHolds(known), "the token has expired, or was ended by the fault expireTokens");
            return known;
        }
        JWTClaimsSet claims = claims(token, AUDIENCES);
        String user = checkPermission(claims, permission);
        return new Verified(
                text(claims, "appid"), user, claims.getExpirationTime().toInstant(), signatureOf(token));
    }

    /** Checks a token for Graph; what it permits, Graph asks for each request. */
    public ForGraph checkForGraph(String token) throws TokenRefusedException {
        JWTClaimsSet claims = claims(token, GRAPH);
        if ("app".equals(text(claims, "idtyp"))) {
            return new ForGraph(text(claims, "appid"), "", Set.copyOf(list(claims, "roles")));
        }
        Set<String> scopes = Set.copyOf(Arrays.asList(text(claims, "scp").split(" ", -1)));
        return new ForGraph(text(claims, "appid"), text(claims, "upn"), scopes);
    }

    private JWTClaimsSet claims(String token, Set<String> audiences) throws TokenRefusedException {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            require(JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm()), "the token is not signed with RS256");
            require(jwt.verify(verifier), "the token's signature is not Entra's");
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            checkOrigin(claims, audiences);
            checkTimes(claims);
            require(!ended.contains(jwt.getSignature().toString()), "the token was ended by the fault expireTokens");
            return claims;
        } catch (ParseException e) {
            throw refused("what was sent is not a token in JWT form", e);
        } catch (JOSEException e) {
            throw refused("the token's signature cannot be checked", e);
        }
    }

    private void checkOrigin(JWTClaimsSet claims, Set<String> audiences) throws TokenRefusedException {
        String issuer = TokenIssuer.issuer(tenantId);
        require(issuer.equals(claims.getIssuer()), "iss is " + claims.getIssuer() + ", expected " + issuer);
        String tenant = text(claims, "tid");
        require(tenantId.equals(tenant), "tid is " + tenant + ", expected " + tenantId);
        List<String> audience = claims.getAudience();
        require(
                audience.size() == 1 && audiences.contains(stripSlash(audience.get(0))),
                "aud is " + audience + ", expected "
                        + (audiences.equals(GRAPH) ? "https://graph.microsoft.com" : "https://outlook.office365.com"));
    }

    private void checkTimes(JWTClaimsSet claims) throws TokenRefusedException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        require(expires != null, "exp is missing");
        require(now.isBefore(expires.toInstant()), "the token expired at " + expires.toInstant() + ", now is " + now);
        Date from = claims.getNotBeforeTime();
        require(
                from == null || !now.isBefore(from.toInstant()),
                "the token is not valid before " + (from == null ? "" : from.toInstant()) + ", now is " + now);
    }

    /** An application's token needs a role, a user's token a scope. */
    private static String checkPermission(JWTClaimsSet claims, String permission) throws TokenRefusedException {
        List<String> roles = list(claims, "roles");
        if ("app".equals(text(claims, "idtyp"))) {
            String role = permission.equals("SMTP") ? "SMTP.SendAsApp" : permission + ".AccessAsApp";
            require(roles.contains(role), "roles are " + roles + ", " + role + " is missing");
            return "";
        }
        String scope = permission.equals("SMTP") ? "SMTP.Send" : permission + ".AccessAsUser.All";
        String scopes = text(claims, "scp");
        require(
                Arrays.asList(scopes.split(" ", -1)).contains(scope),
                "scp is \"" + scopes + "\", " + scope + " is missing");
        String user = text(claims, "upn");
        require(!user.isEmpty(), "upn is missing");
        return user;
    }

    private static void require(boolean holds, String otherwise) throws TokenRefusedException {
        if (!holds) {
            throw new TokenRefusedException(otherwise);
        }
    }

    private static TokenRefusedException refused(String why, Exception cause) {
        TokenRefusedException refused = new TokenRefusedException(why);
        // The cause's text may hold pieces of the token; its class does not.
        refused.addSuppressed(new IllegalArgumentException(cause.getClass().getName()));
        return refused;
    }

    private static String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : "";
    }

    private static List<String> list(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String stripSlash(String resource) {
        return resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    }

    private static String signatureOf(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }
}

package org.outlookmail.mail;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;

/**
 * Compares the claims of a token from Microsoft Entra with what the mail server will want to see. What is certain is told
 * before the login, and the login is tried all the same: Microsoft may rename what is compared here, and a mail that could
 * have gone must go. An application's missing role is not certain: Exchange Online gives the right too (RBAC for
 * Applications), adds it to the roles, and no token shows it. So it is told only of a token that was refused.
 */
final class TokenDoubt {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Office 365 Exchange Online, which some tokens name by its application id. */
    private static final String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";

    /** Microsoft Graph, likewise. */
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private final Endpoint end;
    private final TokenRequest request;
    private final Map<String, String> claims;
    private final boolean refused;

    private TokenDoubt(Endpoint end, TokenRequest request, Map<String, String> claims, boolean refused) {
        this.end = end;
        this.request = request;
        this.claims = claims;
        this.refused = refused;
    }

    /** What is wrong with the token; empty if nothing is, or if nothing can be said of it. */
    static Optional<Diagnosis> of(AccessToken token, TokenRequest request, Endpoint end) {
        return of(token, request, end, false);
    }

    /** What may have been wrong with a token that the server has refused. */
    static Optional<Diagnosis> ofRefused(AccessToken token, TokenRequest request, Endpoint end) {
        return of(token, request, end, true);
    }

    /** Whether a token shows the application's permission, so that what is missing lies at the mailbox. */
    static boolean permitted(AccessToken token, Endpoint end) {
        return holds(token.claims().values(), "roles", end.applicationPermission());
    }

    private static Optional<Diagnosis> of(AccessToken token, TokenRequest request, Endpoint end, boolean refused) {
        Map<String, String> claims = token.claims().values();
        // Only Entra's tokens are known from inside, and an opaque one says nothing (RFC 6749, section 1.4).
        boolean entras = !request.tenantId().isEmpty() || request.credential() instanceof Credential.ManagedIdentity;
        boolean known = entras && !claims.isEmpty();
        return known ? new TokenDoubt(end, request, claims, refused).first() : Optional.empty();
    }

    private Optional<Diagnosis> first() {
        return audience().or(this::tenant).or(this::permission);
    }

    private Optional<Diagnosis> audience() {
        String audience = claims.getOrDefault("aud", "");
        String host = host(audience);
        boolean fits = end.server().graph()
                ? audience.equals(GRAPH) || host.contains("graph.")
                : audience.equals(EXCHANGE) || host.startsWith("outlook.") || host.contains(".outlook.");
        return audience.isEmpty() || fits
                ? Optional.empty()
                : doubt(
                        DiagnosisCode.AUDIENCE_WRONG,
                        "The token is for " + audience + " (aud), not for "
                                + (end.server().graph() ? "Microsoft Graph." : "Exchange Online."));
    }

    private static String host(String audience) {
        try {
            String host = URI.create(audience).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }

    private Optional<Diagnosis> tenant() {
        String tenant = claims.getOrDefault("tid", "");
        return tenant.isEmpty()
                        || !GUID.matcher(request.tenantId()).matches()
                        || tenant.equalsIgnoreCase(request.tenantId())
                ? Optional.empty()
                : doubt(DiagnosisCode.TENANT_DIFFERS, "The token is of tenant " + tenant + " (tid).");
    }

    private Optional<Diagnosis> permission() {
        if (end.server().graph()) {
            // Which one is needed each request knows; a token without any is for nothing.
            String claim = claims.containsKey("scp") ? "scp" : "roles";
            return claims.getOrDefault(claim, "").contains("Mail.") || (claim.equals("roles") && !refused)
                    ? Optional.empty()
                    : doubt(
                            DiagnosisCode.PERMISSION_MISSING,
                            "The token has no permission for mail: its " + claim + " is \""
                                    + claims.getOrDefault(claim, "") + "\".");
        }
        if (claims.containsKey("scp")) {
            String wanted = end.delegatedPermission();
            return holds(claims, "scp", wanted)
                    ? Optional.empty()
                    : doubt(
                            DiagnosisCode.PERMISSION_MISSING,
                            "The token has no permission " + wanted + ": its scp is \"" + claims.get("scp") + "\".");
        }
        String wanted = end.applicationPermission();
        return !refused || holds(claims, "roles", wanted)
                ? Optional.empty()
                : doubt(
                        DiagnosisCode.PERMISSION_MISSING,
                        "The token has no permission " + wanted + ": its roles are \""
                                + claims.getOrDefault("roles", "")
                                + "\". Either the permission is missing in Entra, or, if the application has it from"
                                + " Exchange Online (RBAC for Applications), no role assignment covers this mailbox.");
    }

    private static boolean holds(Map<String, String> claims, String claim, String wanted) {
        return Pattern.compile("[\\[\\], ]+")
                .splitAsStream(claims.getOrDefault(claim, ""))
                .anyMatch(wanted::equals);
    }

    private Optional<Diagnosis> doubt(DiagnosisCode code, String summary) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("server", end.toString());
        details.put("scope", request.scope());
        claims.forEach((claim, value) -> details.put("token." + claim, value));
        return Optional.of(Diagnosis.of(code, summary, details));
    }
}

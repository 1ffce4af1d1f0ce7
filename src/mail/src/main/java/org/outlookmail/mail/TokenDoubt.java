package org.outlookmail.mail;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;
import org.outlookmail.token.TokenRequest;

/**
 * Compares the claims of a token from Microsoft Entra with what the mail server will want to see. It is told before the
 * login, and the login is tried all the same: Microsoft may rename what is compared here, and a mail that could have gone
 * must go.
 */
final class TokenDoubt {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Office 365 Exchange Online, which some tokens name by its application id. */
    private static final String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";

    private final MailServer server;
    private final TokenRequest request;
    private final Map<String, String> claims;

    private TokenDoubt(MailServer server, TokenRequest request, Map<String, String> claims) {
        this.server = server;
        this.request = request;
        this.claims = claims;
    }

    /** What is wrong with the token; empty if nothing is, or if nothing can be said of it. */
    static Optional<Diagnosis> of(AccessToken token, TokenRequest request, MailServer server) {
        Map<String, String> claims = token.claims().values();
        // Only Entra's tokens are known from inside, and an opaque one says nothing (RFC 6749, section 1.4).
        boolean known = !request.tenantId().isEmpty() && !claims.isEmpty();
        return known ? new TokenDoubt(server, request, claims).first() : Optional.empty();
    }

    private Optional<Diagnosis> first() {
        return audience().or(this::tenant).or(this::permission);
    }

    private Optional<Diagnosis> audience() {
        String audience = claims.getOrDefault("aud", "");
        return audience.isEmpty() || audience.equals(EXCHANGE) || isExchange(audience)
                ? Optional.empty()
                : doubt(
                        DiagnosisCode.AUDIENCE_WRONG,
                        "The token is for " + audience + " (aud), not for Exchange Online.");
    }

    private static boolean isExchange(String audience) {
        try {
            String host = URI.create(audience).getHost();
            return host != null && (host.startsWith("outlook.") || host.contains(".outlook."));
        } catch (IllegalArgumentException noAddress) {
            return false;
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
        boolean delegated = claims.containsKey("scp");
        String held = claims.getOrDefault(delegated ? "scp" : "roles", "");
        String wanted = delegated ? server.delegatedPermission() : server.applicationPermission();
        return Pattern.compile("[\\[\\], ]+").splitAsStream(held).anyMatch(wanted::equals)
                ? Optional.empty()
                : doubt(
                        DiagnosisCode.PERMISSION_MISSING,
                        "The token has no permission " + wanted + ": its " + (delegated ? "scp is \"" : "roles are \"")
                                + held + "\".");
    }

    private Optional<Diagnosis> doubt(DiagnosisCode code, String summary) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("server", server.toString());
        details.put("scope", request.scope());
        claims.forEach((claim, value) -> details.put("token." + claim, value));
        return Optional.of(Diagnosis.of(code, summary, details));
    }
}

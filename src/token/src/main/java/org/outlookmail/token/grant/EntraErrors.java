package org.outlookmail.token.grant;

import static java.util.Map.entry;
import static org.outlookmail.DiagnosisCode.*;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.Credential;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.Credential.Federated;
import org.outlookmail.token.Credential.ManagedIdentity;
import org.outlookmail.token.Credential.ServiceAccount;
import org.outlookmail.token.Credential.UserPassword;

/**
 * What the numbers and names of errors mean. The number is a hint that Microsoft may change; where it is not known, the
 * {@code error} of RFC 6749, section 5.2 and RFC 8628, section 3.5 decides. Where providers use one name for two things,
 * the credential or a word of the description tells them apart.
 */
public final class EntraErrors {

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d+)");

    private static final Map<String, DiagnosisCode> BY_NUMBER = Map.ofEntries(
            entry("7000215", CLIENT_SECRET_WRONG),
            entry("7000222", CLIENT_SECRET_EXPIRED),
            entry("90002", TENANT_UNKNOWN),
            entry("900023", TENANT_UNKNOWN),
            entry("900021", TENANT_UNKNOWN),
            entry("700016", APPLICATION_UNKNOWN),
            entry("700038", APPLICATION_UNKNOWN),
            entry("7000112", APPLICATION_DISABLED),
            entry("65001", CONSENT_MISSING),
            entry("65004", CONSENT_MISSING),
            entry("70011", SCOPE_INVALID),
            entry("1002012", SCOPE_INVALID),
            entry("28002", SCOPE_INVALID),
            entry("500011", RESOURCE_UNKNOWN),
            entry("700027", CERTIFICATE_REFUSED),
            entry("700024", CERTIFICATE_REFUSED),
            entry("700030", CERTIFICATE_REFUSED),
            entry("7000218", CLIENT_NOT_PUBLIC),
            entry("700025", CLIENT_IS_PUBLIC),
            entry("50034", USER_UNKNOWN),
            entry("51004", USER_UNKNOWN),
            entry("50126", USER_PASSWORD_WRONG),
            entry("50056", USER_PASSWORD_WRONG),
            entry("50053", USER_LOCKED),
            entry("50057", USER_LOCKED),
            entry("50055", USER_PASSWORD_EXPIRED),
            entry("50144", USER_PASSWORD_EXPIRED),
            entry("50076", SECOND_FACTOR_REQUIRED),
            entry("50079", SECOND_FACTOR_REQUIRED),
            entry("50072", SECOND_FACTOR_REQUIRED),
            entry("50074", SECOND_FACTOR_REQUIRED),
            entry("50158", SECOND_FACTOR_REQUIRED),
            entry("53000", CONDITIONAL_ACCESS),
            entry("53001", CONDITIONAL_ACCESS),
            entry("53002", CONDITIONAL_ACCESS),
            entry("53003", CONDITIONAL_ACCESS),
            entry("530003", CONDITIONAL_ACCESS),
            entry("50196", TOKEN_LOOP),
            entry("700082", REFRESH_TOKEN_EXPIRED),
            entry("700084", REFRESH_TOKEN_EXPIRED),
            entry("70008", REFRESH_TOKEN_EXPIRED),
            entry("70043", REFRESH_TOKEN_EXPIRED),
            entry("50173", REFRESH_TOKEN_REVOKED),
            entry("50078", SECOND_FACTOR_REQUIRED),
            entry("70000", REFRESH_TOKEN_REVOKED),
            entry("70018", SIGN_IN_FAILED),
            entry("70019", SIGN_IN_FAILED),
            entry("70020", SIGN_IN_FAILED),
            entry("70003", GRANT_NOT_ALLOWED),
            entry("1002016", TLS_TOO_OLD),
            // What Microsoft's list calls temporary, retryable, unavailable or timed out; it comes with status 400 too.
            entry("40010", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("50033", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("50166", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("80001", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("80002", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("90006", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("90012", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("90024", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("90033", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("90090", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("90091", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("90055", TOKEN_ENDPOINT_THROTTLED));

    /** For a client that shows the statement of a platform; some numbers mean another thing for certificates. */
    private static final Map<String, DiagnosisCode> OF_FEDERATION = Map.ofEntries(
            entry("700211", FEDERATED_ISSUER_UNKNOWN),
            entry("700213", FEDERATED_SUBJECT_UNKNOWN),
            entry("70021", FEDERATED_SUBJECT_UNKNOWN),
            entry("700212", FEDERATED_AUDIENCE_WRONG),
            entry("700024", FEDERATED_TOKEN_EXPIRED),
            entry("700027", FEDERATED_TOKEN_REFUSED),
            entry("50027", FEDERATED_TOKEN_REFUSED),
            entry("5002723", FEDERATED_TOKEN_REFUSED));

    private static final Map<String, DiagnosisCode> BY_NAME = Map.ofEntries(
            entry("invalid_client", CLIENT_REFUSED),
            entry("unsupported_grant_type", GRANT_NOT_ALLOWED),
            entry("invalid_scope", SCOPE_INVALID),
            entry("invalid_resource", RESOURCE_UNKNOWN),
            entry("invalid_target", RESOURCE_UNKNOWN),
            entry("interaction_required", SECOND_FACTOR_REQUIRED),
            entry("consent_required", CONSENT_MISSING),
            entry("access_denied", SIGN_IN_FAILED),
            entry("expired_token", SIGN_IN_FAILED),
            // Of RFC 6749, section 4.1.2.1; Entra answers with them at the token endpoint as well.
            entry("temporarily_unavailable", TOKEN_ENDPOINT_UNAVAILABLE),
            entry("server_error", TOKEN_ENDPOINT_UNAVAILABLE));

    /** The metadata service's words, and App Service's. */
    private static final Pattern NO_IDENTITY = Pattern.compile("identity not found|identity found for|load the proper");

    private EntraErrors() {}

    /**
     * What a provider's answer shows of a code, for who looks it up: Entra's numbers as they stand there, and names of RFC 6749.
     *
     * @return sorted; empty if none leads to that code
     */
    public static List<String> seenAs(DiagnosisCode code) {
        Stream<String> numbers = Stream.concat(BY_NUMBER.entrySet().stream(), OF_FEDERATION.entrySet().stream())
                .filter(known -> known.getValue() == code)
                .map(known -> "AADSTS" + known.getKey());
        Stream<String> names = BY_NAME.entrySet().stream()
                .filter(known -> known.getValue() == code)
                .map(Map.Entry::getKey);
        return Stream.concat(numbers.sorted(), names.sorted()).toList();
    }

    /** The code of a refusal; empty if neither its number nor its name is known. */
    static Optional<DiagnosisCode> code(TokenEndpointClient.OAuthError refusal, Credential credential) {
        Matcher number = AADSTS.matcher(refusal.description());
        DiagnosisCode byNumber = number.find() ? byNumber(number.group(1), credential) : null;
        return Optional.ofNullable(byNumber == null ? byName(refusal, credential) : byNumber);
    }

    private static DiagnosisCode byNumber(String number, Credential credential) {
        DiagnosisCode usual = BY_NUMBER.get(number);
        return credential instanceof Federated ? OF_FEDERATION.getOrDefault(number, usual) : usual;
    }

    private static DiagnosisCode byName(TokenEndpointClient.OAuthError refusal, Credential credential) {
        String description = refusal.description().toLowerCase(Locale.ROOT);
        if (credential instanceof ManagedIdentity
                && NO_IDENTITY.matcher(description).find()) {
            return MANAGED_IDENTITY_MISSING;
        }
        return switch (refusal.error()) {
            case "invalid_grant" -> invalidGrant(description, credential);
            // Keycloak says so of a wrong secret.
            case "unauthorized_client" -> description.contains("invalid client") ? CLIENT_REFUSED : GRANT_NOT_ALLOWED;
            default -> BY_NAME.get(refusal.error());
        };
    }

    /** The name covers whatever was presented: a password, a refresh token, an assertion. */
    private static DiagnosisCode invalidGrant(String description, Credential credential) {
        if (credential instanceof UserPassword) {
            return USER_PASSWORD_WRONG;
        }
        if (credential instanceof Delegated) {
            return REFRESH_TOKEN_REVOKED;
        }
        if (credential instanceof ServiceAccount) {
            return description.contains("email") ? USER_UNKNOWN : SERVICE_ACCOUNT_REFUSED;
        }
        return null;
    }
}

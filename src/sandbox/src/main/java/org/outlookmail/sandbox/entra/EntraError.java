package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A refusal with Entra's code and wording (RFC 6749, 5.2 plus Entra's own members).
 *
 * @param status the HTTP status
 * @param error the OAuth error, on which clients should branch
 * @param code the number after AADSTS
 * @param text the first sentences of error_description
 */
record EntraError(int status, String error, int code, String text) {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    static EntraError tenantMalformed(String tenant) {
        return new EntraError(
                400,
                "invalid_request",
                900023,
                "Specified tenant identifier '" + tenant
                        + "' is neither a valid DNS name, nor a valid external domain.");
    }

    static EntraError tenantUnknown(String tenant) {
        return new EntraError(
                400,
                "invalid_request",
                90002,
                "Tenant '" + tenant
                        + "' not found. Check to make sure you have the correct tenant ID and are signing into"
                        + " the correct cloud. Check with your subscription administrator, this may happen if there are no"
                        + " active subscriptions for the tenant.");
    }

    static EntraError tenantNotNamed() {
        return new EntraError(
                400,
                "invalid_request",
                50059,
                "No tenant-identifying information found in either the request or implied by any provided credentials.");
    }

    static EntraError grantNotAtCommon() {
        return new EntraError(
                400,
                "invalid_request",
                9001023,
                "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or"
                        + " tenant-specific endpoint.");
    }

    static EntraError malformed() {
        return new EntraError(400, "invalid_request", 9002313, "Invalid request. Request is malformed or invalid.");
    }

    static EntraError missing(String parameter) {
        return new EntraError(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    static EntraError grantUnknown(String grant) {
        return new EntraError(
                400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '" + grant + "'.");
    }

    static EntraError clientUnknown(String clientId) {
        return new EntraError(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + clientId
                        + "' was not found in the directory 'Contoso'. This can happen if"
                        + " the application has not been installed by the administrator of the tenant or consented to by any"
                        + " user in the tenant. You may have sent your authentication request to the wrong tenant.");
    }

    static EntraError credentialMissing() {
        return new EntraError(
                401,
                "invalid_client",
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }

    /** What {@code code} says about the secret of {@code clientId}; any code is taken, the well-known have their text. */
    static EntraError secretRefused(String code, String clientId) {
        Map<String, String> texts = Map.of(
                "AADSTS7000215",
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not"
                        + " the client secret ID, for a secret added to app '" + clientId + "'.",
                "AADSTS7000222",
                "The provided client secret keys for app '" + clientId
                        + "' are expired. Visit the Azure portal to create"
                        + " new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials"
                        + " for added security: https://aka.ms/certCreds.",
                "AADSTS7000112",
                "Application '" + clientId + "'(Outlook Mail Sandbox) is disabled.");
        String text = texts.getOrDefault(code, "The sandbox was told to refuse the secret of app '" + clientId + "'.");
        boolean disabled = code.equals("AADSTS7000112");
        return new EntraError(
                disabled ? 400 : 401,
                disabled ? "unauthorized_client" : "invalid_client",
                Integer.parseInt(code.substring("AADSTS".length())),
                text);
    }

    static EntraError scopeNotDefault(String scope) {
        return new EntraError(
                400,
                "invalid_scope",
                1002012,
                "The provided value for scope " + scope
                        + " is not valid. Client credential flows must have a scope value"
                        + " with /.default suffixed to the resource identifier (application ID URI).");
    }

    static EntraError scopeMalformed(String scope) {
        return new EntraError(
                400,
                "invalid_scope",
                70011,
                "The provided request must include a 'scope' input parameter. The provided value for the input parameter"
                        + " 'scope' is not valid. The scope " + scope + " is not valid.");
    }

    static EntraError resourceUnknown(String resource) {
        return new EntraError(
                400,
                "invalid_resource",
                500011,
                "The resource principal named " + resource
                        + " was not found in the tenant named Contoso. This can happen if"
                        + " the application has not been installed by the administrator of the tenant or consented to by any"
                        + " user in the tenant. You might have sent your authentication request to the wrong tenant.");
    }

    static EntraError certificateUnknown() {
        return new EntraError(
                401,
                "invalid_client",
                700027,
                "The certificate with identifier used to sign the client assertion is not registered on application."
                        + " [Reason - The key was not found.]");
    }

    static EntraError assertionRefused(String why) {
        return new EntraError(
                401, "invalid_client", 700027, "Client assertion failed signature validation: " + why + ".");
    }

    static EntraError assertionOutOfTime(Instant now) {
        return new EntraError(
                401,
                "invalid_client",
                700024,
                "Client assertion is not within its valid time range. Current time: " + now + ".");
    }

    static EntraError federationUnknown(int code, String what) {
        return new EntraError(
                401,
                "invalid_client",
                code,
                "No matching federated identity record found for presented assertion " + what
                        + ". Please check your federated identity credential Subject, Audience and Issuer against the"
                        + " presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation");
    }

    static EntraError assertionMalformed() {
        return new EntraError(400, "invalid_request", 50027, "JWT token is invalid or malformed.");
    }

    static EntraError userUnknown(String upn) {
        return new EntraError(
                400,
                "invalid_grant",
                50034,
                "The user account " + upn
                        + " does not exist in the directory. To sign into this application, the account"
                        + " must be added to the directory.");
    }

    static EntraError passwordWrong() {
        return new EntraError(
                400, "invalid_grant", 50126, "Error validating credentials due to invalid username or password.");
    }

    /** What {@code code} says about a user's sign-in; the well-known have their text. */
    static EntraError userRefused(String code) {
        Map<String, String> texts = Map.of(
                "AADSTS50076",
                "Due to a configuration change made by your administrator, or because you moved to a new location, you must"
                        + " use multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.",
                "AADSTS50053",
                "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
                "AADSTS50057",
                "The user account is disabled.",
                "AADSTS50055",
                "The password is expired.",
                "AADSTS53003",
                "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
                "AADSTS65001",
                "The user or administrator has not consented to use the application. Send an interactive authorization"
                        + " request for this user and resource.");
        return new EntraError(
                400,
                code.equals("AADSTS50076") || code.equals("AADSTS50079") ? "interaction_required" : "invalid_grant",
                Integer.parseInt(code.substring("AADSTS".length())),
                texts.getOrDefault(code, "The sandbox was told to refuse the user."));
    }

    static EntraError consentMissing(String clientId) {
        return new EntraError(
                400,
                "invalid_grant",
                65001,
                "The user or administrator has not consented to use the application with ID '" + clientId
                        + "' named 'Outlook Mail Sandbox'. Send an interactive authorization request for this user and"
                        + " resource.");
    }

    static EntraError refreshTokenInvalid() {
        return new EntraError(
                400,
                "invalid_grant",
                70000,
                "Provided grant is invalid or malformed. The provided value for the input parameter 'refresh_token' is not"
                        + " valid.");
    }

    static EntraError refreshTokenEnded(int code) {
        return new EntraError(
                400,
                "invalid_grant",
                code,
                code == 700082
                        ? "The refresh token has expired due to inactivity. The token was issued some time ago and was"
                                + " inactive for 90.00:00:00."
                        : "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user"
                                + " might have changed or reset their password.");
    }

    static EntraError signInPending() {
        return new EntraError(
                400,
                "authorization_pending",
                70016,
                "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");
    }

    static EntraError slowDown() {
        return new EntraError(400, "slow_down", 70016, "The client polls too often. Continue polling less often.");
    }

    static EntraError signInDeclined() {
        return new EntraError(
                400, "authorization_declined", 70018, "The end user has declined the authorization request.");
    }

    static EntraError deviceCodeExpired() {
        return new EntraError(
                400,
                "expired_token",
                70020,
                "The provided value for the input parameter 'device_code' is not valid. This device code has expired.");
    }

    static EntraError deviceCodeInvalid() {
        return new EntraError(
                400,
                "bad_verification_code",
                70019,
                "The provided value for the input parameter 'device_code' is not valid.");
    }

    /** The body that RFC 6749, 5.2 describes, and no more. */
    String plainJson(ObjectMapper mapper) {
        ObjectNode body = mapper.createObjectNode();
        body.put("error", error);
        body.put("error_description", text);
        return body.toString();
    }

    /** The body Entra sends. */
    String json(ObjectMapper mapper, Clock clock, String correlationId) {
        String timestamp = TIMESTAMP.format(clock.instant());
        String trace = UUID.randomUUID().toString();
        ObjectNode body = mapper.createObjectNode();
        body.put("error", error);
        body.put("error_description", description(timestamp, trace, correlationId));
        body.putArray("error_codes").add(code);
        body.put("timestamp", timestamp);
        body.put("trace_id", trace);
        body.put("correlation_id", correlationId);
        body.put("error_uri", uri());
        return body.toString();
    }

    /**
     * The same as an authorization endpoint says it: RFC 6749, 4.1.2.1 has no invalid_grant, and missing consent has a name
     * of its own in OpenID Connect.
     */
    EntraError forBrowser() {
        return error.equals("invalid_grant") ? new EntraError(status, "consent_required", code, text) : this;
    }

    /** The members that go back to the client by way of the browser (RFC 6749, 4.1.2.1). */
    Map<String, String> parameters(Clock clock) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error);
        parameters.put(
                "error_description",
                description(
                        TIMESTAMP.format(clock.instant()),
                        UUID.randomUUID().toString(),
                        UUID.randomUUID().toString()));
        parameters.put("error_uri", uri());
        return parameters;
    }

    private String description(String timestamp, String trace, String correlationId) {
        return "AADSTS" + code + ": " + text + " Trace ID: " + trace + " Correlation ID: " + correlationId
                + " Timestamp: " + timestamp;
    }

    private String uri() {
        return "https://login.microsoftonline.com/error?code=" + code;
    }
}

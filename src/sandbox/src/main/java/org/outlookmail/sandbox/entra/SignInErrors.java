package org.outlookmail.sandbox.entra;

/** Entra's refusals at the authorization endpoint, and of the codes it gives. Stateless. */
final class SignInErrors {
    private static final int BAD_REQUEST = 400;

    private SignInErrors() {}

    static EntraError repeated(String parameter) {
        return invalidRequest(
                9000411, "The request is not properly formatted. The parameter '" + parameter + "' is duplicated.");
    }

    static EntraError redirectUnknown(String uri, String clientId) {
        return invalidRequest(
                50011,
                "The redirect URI '" + uri
                        + "' specified in the request does not match the redirect URIs configured for"
                        + " the application '" + clientId
                        + "'. The sandbox takes http://localhost and http://127.0.0.1 with"
                        + " any port and path, and " + ReturnAddress.NATIVE + ".");
    }

    static EntraError responseTypeUnknown(String type) {
        return new EntraError(
                BAD_REQUEST,
                "unsupported_response_type",
                700054,
                "response_type '" + type + "' is not enabled for the application.");
    }

    static EntraError responseModeUnknown(String mode) {
        return invalidRequest(
                70007,
                "'" + mode + "' is not a supported value of 'response_mode'. The sandbox has query and form_post.");
    }

    static EntraError promptUnknown(String prompt) {
        return invalidRequest(90023, "Unsupported 'prompt' value '" + prompt + "'.");
    }

    static EntraError challengeMissing() {
        return invalidRequest(
                50147, "The code_challenge parameter is missing or is not 43 characters of Base64 for URLs.");
    }

    static EntraError challengeMethodUnknown() {
        return invalidRequest(501491, "The code_challenge_method must be S256.");
    }

    static EntraError nobodySignedIn() {
        return new EntraError(
                BAD_REQUEST, "login_required", 50058, "A silent sign-in request was sent but no user is signed in.");
    }

    static EntraError declined() {
        return new EntraError(BAD_REQUEST, "access_denied", 65004, "User declined to consent to access the app.");
    }

    static EntraError codeInvalid() {
        return invalidGrant(
                70000,
                "Provided grant is invalid or malformed. The provided value for the input parameter 'code' is not valid.");
    }

    static EntraError codeUsed() {
        return invalidGrant(
                54005,
                "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing"
                        + " refresh token.");
    }

    static EntraError codeExpired() {
        return invalidGrant(
                70008,
                "The provided authorization code or refresh token has expired. Send a new interactive authorization request"
                        + " for this user and resource.");
    }

    static EntraError redirectDiffers(String now, String then) {
        return new EntraError(
                401,
                "invalid_client",
                500112,
                "The reply address '" + now + "' does not match the reply address '" + then
                        + "' provided when requesting Authorization code.");
    }

    static EntraError verifierWrong() {
        return invalidGrant(
                501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
    }

    static EntraError apiVersionMissing() {
        return invalidRequest(
                90014,
                "The required field 'api-version' is missing from the credential. Ensure that you have all the necessary"
                        + " parameters for the login request.");
    }

    static EntraError parameterInvalid(String parameter) {
        return invalidRequest(90100, "The " + parameter + " parameter is empty or not valid.");
    }

    static EntraError instanceUnknown() {
        return new EntraError(BAD_REQUEST, "invalid_instance", 50049, "Unknown or invalid instance.");
    }

    private static EntraError invalidRequest(int code, String text) {
        return new EntraError(BAD_REQUEST, "invalid_request", code, text);
    }

    private static EntraError invalidGrant(int code, String text) {
        return new EntraError(BAD_REQUEST, "invalid_grant", code, text);
    }
}

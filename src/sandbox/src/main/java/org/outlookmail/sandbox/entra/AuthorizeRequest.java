package org.outlookmail.sandbox.entra;

import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings;

/**
 * A client's wish that a user signs in (RFC 6749, 4.1.1), with the proof key that Microsoft's libraries send and RFC 9700
 * asks of every client (RFC 7636). Immutable.
 *
 * @param nonce for the id token, or empty
 * @param user whom the client expects, or empty
 */
record AuthorizeRequest(
        SandboxSettings.Client client,
        ReturnAddress back,
        String scope,
        String nonce,
        String challenge,
        boolean clientInfo,
        String user) {
    private static final String CHALLENGE = "[A-Za-z0-9_-]{43}";
    private static final Set<String> MODES = Set.of("", "query", "form_post");
    private static final Set<String> PROMPTS = Set.of("", "login", "consent", "select_account");

    /** Reads it; whatever is wrong may be told to the client, at {@code back}. */
    static AuthorizeRequest read(TokenRequest request, SandboxSettings.Client client, ReturnAddress back)
            throws EntraRefusedException {
        String type = request.required("response_type");
        if (!type.equals("code")) {
            throw new EntraRefusedException(SignInErrors.responseTypeUnknown(type));
        }
        String mode = request.optional("response_mode");
        if (!MODES.contains(mode)) {
            throw new EntraRefusedException(SignInErrors.responseModeUnknown(mode));
        }
        if (!request.optional("code_challenge").matches(CHALLENGE)) {
            throw new EntraRefusedException(SignInErrors.challengeMissing());
        }
        if (!request.optional("code_challenge_method").equals("S256")) {
            throw new EntraRefusedException(SignInErrors.challengeMethodUnknown());
        }
        String prompt = request.optional("prompt");
        if (prompt.equals("none")) {
            // The box keeps no sessions: nobody is signed in before the page.
            throw new EntraRefusedException(SignInErrors.nobodySignedIn());
        }
        if (!PROMPTS.contains(prompt)) {
            throw new EntraRefusedException(SignInErrors.promptUnknown(prompt));
        }
        return new AuthorizeRequest(
                client,
                back,
                request.required("scope"),
                request.optional("nonce"),
                request.optional("code_challenge"),
                request.optional("client_info").equals("1"),
                request.optional("login_hint"));
    }
}

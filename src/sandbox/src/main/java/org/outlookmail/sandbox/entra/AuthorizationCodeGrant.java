package org.outlookmail.sandbox.entra;

import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings;

/** A user's token for the code that the browser brought back (RFC 6749, 4.1.3; RFC 7636). */
final class AuthorizationCodeGrant implements Grant {
    private final ClientProof clients;
    private final Users users;
    private final UserTokens tokens;
    private final AuthorizationCodes codes;

    AuthorizationCodeGrant(ClientProof clients, Users users, UserTokens tokens, AuthorizationCodes codes) {
        this.clients = clients;
        this.users = users;
        this.tokens = tokens;
        this.codes = codes;
    }

    @Override
    public Set<String> types() {
        return Set.of("authorization_code");
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        SandboxSettings.Client client = clients.any(request);
        AuthorizationCodes.Granted granted = codes.redeem(
                request.required("code"),
                client.id(),
                request.required("redirect_uri"),
                request.optional("code_verifier"));
        AuthorizeRequest asked = granted.request();
        UserTokens.Wish wish = UserTokens.Wish.of(request, asked.scope()).with(asked.nonce());
        return tokens.first(client, users.user(granted.upn()), wish);
    }
}

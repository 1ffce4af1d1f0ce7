package org.outlookmail.sandbox.entra;

import org.outlookmail.sandbox.SandboxSettings;

/** A user's token, bought with name and password (RFC 6749, 4.3). */
final class PasswordGrant implements Grant {
    private final ClientProof clients;
    private final Users users;
    private final UserTokens tokens;

    PasswordGrant(ClientProof clients, Users users, UserTokens tokens) {
        this.clients = clients;
        this.users = users;
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return "password";
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        SandboxSettings.Client client = clients.any(request);
        SandboxSettings.User user = users.user(request.required("username"), request.required("password"));
        return tokens.first(client, user, request.required("scope"));
    }
}

package org.outlookmail.sandbox.entra;

import java.util.Optional;
import java.util.Set;
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
    public Set<String> types() {
        return Set.of("password");
    }

    /** Only "organizations" is sure to mean users who have passwords with Entra. */
    @Override
    public Optional<EntraError> objectionTo(String name) {
        return name.equalsIgnoreCase("common") ? Optional.of(EntraError.grantNotAtCommon()) : Optional.empty();
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        SandboxSettings.Client client = clients.any(request);
        SandboxSettings.User user = users.user(request.required("username"), request.required("password"));
        return tokens.first(client, user, UserTokens.Wish.of(request, request.required("scope")));
    }
}

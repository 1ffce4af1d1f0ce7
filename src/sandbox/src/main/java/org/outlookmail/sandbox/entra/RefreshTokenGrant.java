package org.outlookmail.sandbox.entra;

import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings;

/** A user's token without the user (RFC 6749, 6). */
final class RefreshTokenGrant implements Grant {
    private final ClientProof clients;
    private final Users users;
    private final UserTokens tokens;
    private final RefreshTokenBook book;

    RefreshTokenGrant(ClientProof clients, Users users, UserTokens tokens, RefreshTokenBook book) {
        this.clients = clients;
        this.users = users;
        this.tokens = tokens;
        this.book = book;
    }

    @Override
    public Set<String> types() {
        return Set.of("refresh_token");
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        SandboxSettings.Client client = clients.any(request);
        String token = request.required("refresh_token");
        RefreshTokenBook.Entry entry = book.find(token, client.id());
        SandboxSettings.User user = users.user(entry.upn());
        String asked = request.optional("scope");
        UserTokens.Wish wish = UserTokens.Wish.of(request, asked.isEmpty() ? entry.scope() : asked);
        tokens.check(client, wish.scope());
        return tokens.issue(client, user, wish, book.rotate(token, entry));
    }
}

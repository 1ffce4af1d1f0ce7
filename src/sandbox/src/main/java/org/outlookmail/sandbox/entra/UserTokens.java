package org.outlookmail.sandbox.entra;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.outlookmail.sandbox.SandboxSettings;

/** Issues tokens on behalf of a user: what was asked for and consented to. Safe for any thread. */
final class UserTokens {
    /** Permissions of Graph, among those of Exchange. */
    private static final Pattern GRAPHS = Pattern.compile("(Mail|User)\\..*");

    private final Directory directory;
    private final TokenIssuer issuer;
    private final IdTokens idTokens;
    private final RefreshTokenBook book;

    /**
     * What a client wants to have.
     *
     * @param clientInfo whether it asks who the user is in Microsoft's own way, too
     * @param nonce for the id token, or empty
     */
    record Wish(String scope, boolean clientInfo, String nonce) {
        /** This scope, and what the request says beside it. */
        static Wish of(TokenRequest request, String scope) {
            return new Wish(scope, request.optional("client_info").equals("1"), "");
        }

        /** The same with a nonce. */
        Wish with(String nonce) {
            return new Wish(scope, clientInfo, nonce);
        }
    }

    UserTokens(Directory directory, TokenIssuer issuer, IdTokens idTokens, RefreshTokenBook book) {
        this.directory = directory;
        this.issuer = issuer;
        this.idTokens = idTokens;
        this.book = book;
    }

    /** Refuses what no token could be issued for. */
    void check(SandboxSettings.Client client, String scope) throws EntraRefusedException {
        permissions(client, UserScope.parse(scope));
    }

    /** A first token, with a refresh token if offline_access is among the scopes. */
    Grant.Issued first(SandboxSettings.Client client, SandboxSettings.User user, Wish wish)
            throws EntraRefusedException {
        check(client, wish.scope());
        boolean offline = UserScope.parse(wish.scope()).has("offline_access");
        return issue(client, user, wish, offline ? book.first(client.id(), user.upn(), wish.scope()) : "");
    }

    /** A token with the refresh token given, which may be empty; an id token if openid is among the scopes. */
    Grant.Issued issue(SandboxSettings.Client client, SandboxSettings.User user, Wish wish, String refreshToken)
            throws EntraRefusedException {
        UserScope scope = UserScope.parse(wish.scope());
        String permissions = String.join(" ", permissions(client, scope));
        return new Grant.Issued(
                issuer.issue(issuer.userClaims(client, user.upn(), scope.resource(), permissions)),
                Math.max(0, issuer.lifetime().toSeconds() - 1),
                refreshToken,
                wish.scope(),
                scope.has("openid") ? idTokens.idToken(client, user, scope, wish.nonce()) : "",
                wish.clientInfo() ? idTokens.clientInfo(user) : "");
    }

    private Set<String> permissions(SandboxSettings.Client client, UserScope scope) throws EntraRefusedException {
        directory.checkResource(scope.resource());
        Set<String> permissions = new TreeSet<>();
        for (String permission : scope.permissions()) {
            permissions.addAll(consented(client, scope.resource(), permission));
        }
        if (scope.resource().equals(Directory.GRAPH)) {
            // Graph is also where the user's own data are read that these scopes open.
            permissions.addAll(scope.openId());
            permissions.remove("offline_access");
        }
        return permissions;
    }

    private List<String> consented(SandboxSettings.Client client, String resource, String permission)
            throws EntraRefusedException {
        if (permission.equals(".default")) {
            boolean graph = resource.equals(Directory.GRAPH);
            return directory.delegatedPermissions().stream()
                    .filter(each -> graph == GRAPHS.matcher(each).matches())
                    .toList();
        }
        if (!directory.delegatedPermissions().contains(permission)) {
            throw new EntraRefusedException(EntraError.consentMissing(client.id()));
        }
        return List.of(permission);
    }
}

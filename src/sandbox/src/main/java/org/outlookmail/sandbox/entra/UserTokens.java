package org.outlookmail.sandbox.entra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.outlookmail.sandbox.SandboxSettings;

/** Issues tokens on behalf of a user: what was asked for and consented to. Safe for any thread. */
final class UserTokens {
    private static final Set<String> OPENID = Set.of("openid", "profile", "offline_access", "email");

    private final Directory directory;
    private final TokenIssuer issuer;
    private final RefreshTokenBook book;

    UserTokens(Directory directory, TokenIssuer issuer, RefreshTokenBook book) {
        this.directory = directory;
        this.issuer = issuer;
        this.book = book;
    }

    /** A first token, with a refresh token if offline_access is among the scopes. */
    Grant.Issued first(SandboxSettings.Client client, SandboxSettings.User user, String scope)
            throws EntraRefusedException {
        boolean offline = parts(scope).contains("offline_access");
        return issue(client, user, scope, offline ? book.first(client.id(), user.upn(), scope) : "");
    }

    /** A token with the refresh token given, which may be empty. */
    Grant.Issued issue(SandboxSettings.Client client, SandboxSettings.User user, String scope, String refreshToken)
            throws EntraRefusedException {
        String resource = null;
        Set<String> permissions = new TreeSet<>();
        for (String part : parts(scope)) {
            if (OPENID.contains(part)) {
                continue;
            }
            int end = part.lastIndexOf('/');
            if (end < 0 || (resource != null && !resource.equals(part.substring(0, end)))) {
                throw new EntraRefusedException(EntraError.scopeMalformed(scope));
            }
            resource = part.substring(0, end);
            permissions.addAll(consented(client, part.substring(end + 1)));
        }
        if (resource == null) {
            throw new EntraRefusedException(EntraError.scopeMalformed(scope));
        }
        directory.checkResource(resource);
        String token = issuer.issue(issuer.userClaims(client, user.upn(), resource, String.join(" ", permissions)));
        return new Grant.Issued(token, Math.max(0, issuer.lifetime().toSeconds() - 1), refreshToken, scope);
    }

    private List<String> consented(SandboxSettings.Client client, String permission) throws EntraRefusedException {
        if (permission.equals(".default")) {
            return new ArrayList<>(directory.delegatedPermissions());
        }
        if (!directory.delegatedPermissions().contains(permission)) {
            throw new EntraRefusedException(EntraError.consentMissing(client.id()));
        }
        return List.of(permission);
    }

    private static List<String> parts(String scope) {
        return Arrays.asList(scope.trim().split(" +", -1));
    }
}

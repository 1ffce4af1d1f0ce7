package org.outlookmail.sandbox.entra;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.SandboxSettings;

/** An application's own token, bought with its secret or its certificate (RFC 6749, 4.4). */
final class ClientCredentialsGrant implements Grant {
    private static final String DEFAULT = "/.default";
    private static final Set<String> OPENID = Set.of("openid", "profile", "offline_access", "email");

    private final ClientProof clients;
    private final Directory directory;
    private final TokenIssuer issuer;

    ClientCredentialsGrant(ClientProof clients, Directory directory, TokenIssuer issuer) {
        this.clients = clients;
        this.directory = directory;
        this.issuer = issuer;
    }

    @Override
    public String type() {
        return "client_credentials";
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        String scope = request.required("scope");
        String resource = resource(scope);
        SandboxSettings.Client client = clients.confidential(request);
        List<String> roles = directory.roles(client, resource);
        String token = issuer.issue(issuer.appClaims(client, resource, roles));
        // Entra says one second less than it grants.
        return new Issued(token, Math.max(0, issuer.lifetime().toSeconds() - 1), "", "");
    }

    private static String resource(String scope) throws EntraRefusedException {
        // Microsoft's own libraries add the OpenID scopes to every request; Entra passes over them here.
        String one = Arrays.stream(scope.trim().split(" +", -1))
                .filter(part -> !OPENID.contains(part))
                .collect(Collectors.joining(" "));
        if (one.contains(" ") || !one.contains("/")) {
            throw new EntraRefusedException(EntraError.scopeMalformed(scope));
        }
        if (!one.endsWith(DEFAULT)) {
            throw new EntraRefusedException(EntraError.scopeNotDefault(scope));
        }
        String resource = one.substring(0, one.length() - DEFAULT.length());
        // A resource with a trailing slash is asked for with two of them, and means the same here.
        return resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    }
}

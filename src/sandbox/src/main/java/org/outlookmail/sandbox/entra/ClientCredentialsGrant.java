package org.outlookmail.sandbox.entra;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.SandboxSettings;

/** An application's own token, bought with its secret or its certificate (RFC 6749, 4.4). */
final class ClientCredentialsGrant implements Grant {
    private static final String DEFAULT = "/.default";

    private final ClientProof clients;
    private final Directory directory;
    private final TokenIssuer issuer;

    ClientCredentialsGrant(ClientProof clients, Directory directory, TokenIssuer issuer) {
        this.clients = clients;
        this.directory = directory;
        this.issuer = issuer;
    }

    @Override
    public Set<String> types() {
        return Set.of("client_credentials");
    }

    /** An application is asked about in one tenant; no user's name tells which. */
    @Override
    public Optional<EntraError> objectionTo(String name) {
        return Optional.of(EntraError.tenantNotNamed());
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        String scope = request.required("scope");
        String resource = resource(scope);
        SandboxSettings.Client client = clients.confidential(request);
        List<String> roles = directory.roles(client, resource);
        String token = issuer.issue(issuer.appClaims(client, resource, roles));
        // Entra says one second less than it grants.
        return Issued.alone(token, Math.max(0, issuer.lifetime().toSeconds() - 1));
    }

    private static String resource(String scope) throws EntraRefusedException {
        // Microsoft's own libraries add the OpenID scopes to every request; Entra passes over them here.
        String one = Arrays.stream(scope.trim().split(" +", -1))
                .filter(part -> !UserScope.OPENID.contains(part))
                .collect(Collectors.joining(" "));
        if (one.contains(" ") || !one.contains("/")) {
            throw new EntraRefusedException(EntraError.scopeMalformed(scope));
        }
        if (!one.endsWith(DEFAULT)) {
            throw new EntraRefusedException(EntraError.scopeNotDefault(scope));
        }
        return UserScope.withoutSlash(one.substring(0, one.length() - DEFAULT.length()));
    }
}

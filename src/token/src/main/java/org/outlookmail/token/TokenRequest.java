package org.outlookmail.token;

import java.net.URI;
import java.util.Objects;

/**
 * Which token is wanted: from whom, on whose behalf, for what. Two requests for the same share one token in the whole
 * cluster, however the provider is reached; another credential is another request.
 *
 * @param tokenEndpoint the token endpoint's full address (RFC 6749, section 3.2)
 * @param tenantId the directory (tenant) id or a domain of the tenant; empty where the provider has no tenants
 * @param clientId the application (client) id; empty for the machine's own managed identity
 * @param credential with what it is obtained
 * @param scope what is asked for, several separated by blanks (RFC 6749, section 3.3)
 * @param http how the endpoint is reached
 */
public record TokenRequest(
        URI tokenEndpoint, String tenantId, String clientId, Credential credential, String scope, HttpSettings http) {

    public TokenRequest {
        Objects.requireNonNull(tokenEndpoint, "tokenEndpoint");
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(http, "http");
    }

    /** Where Microsoft Entra gives tokens for a tenant. */
    public static URI entra(URI authority, String tenantId) {
        return authority.resolve("/" + tenantId + "/oauth2/v2.0/token");
    }

    /**
     * The same for another service.
     *
     * @param other its scope; not null
     */
    public TokenRequest forScope(String other) {
        return new TokenRequest(tokenEndpoint, tenantId, clientId, credential, other, http);
    }

    /** Everything that names the token but the credential, one value a line. */
    String identity() {
        return String.join("\n", tokenEndpoint.toString(), tenantId, clientId, credential.user(), scope);
    }

    /** The same with the kind of proof: what a refusal is the answer to. */
    String question() {
        return identity() + "\n" + credential.kind();
    }

    /** For whom, in a sentence. */
    public String subject() {
        if (credential instanceof Credential.ManagedIdentity) {
            return clientId.isEmpty() ? "this machine's managed identity" : "the managed identity " + clientId;
        }
        String client =
                tenantId.isEmpty() ? "client " + clientId : "application " + clientId + " of tenant " + tenantId;
        return credential.user().isEmpty() ? client : credential.user() + " by " + client;
    }
}

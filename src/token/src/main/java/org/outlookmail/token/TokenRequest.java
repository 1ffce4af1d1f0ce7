package org.outlookmail.token;

import java.net.URI;
import java.util.Objects;

/**
 * Which token is wanted: the endpoint, on whose behalf, for what. Two requests with the same values share one token in
 * the whole cluster; another client secret is another request, so that a changed secret never hides behind a token that
 * the old one obtained.
 *
 * @param authority base address of the identity provider, such as {@code https://login.microsoftonline.com}
 * @param tenantId the directory (tenant) id or a domain of the tenant
 * @param clientId the application (client) id
 * @param clientSecret the credential
 * @param scope what is asked for (RFC 6749, section 3.3)
 */
public record TokenRequest(URI authority, String tenantId, String clientId, Secret clientSecret, String scope) {

    public TokenRequest {
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        Objects.requireNonNull(scope, "scope");
    }

    /** Everything that names the token but the credential, one value a line. */
    String identity() {
        return String.join("\n", authority.toString(), tenantId, clientId, scope);
    }
}

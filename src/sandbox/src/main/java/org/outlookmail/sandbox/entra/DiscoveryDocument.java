package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where things are: OpenID Connect's discovery document, and Microsoft's document about the hosts that are one cloud.
 * Immutable.
 */
final class DiscoveryDocument {
    private static final List<String> MICROSOFT =
            List.of("login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

    private final ObjectMapper mapper = new ObjectMapper();
    private final String tenantId;
    private final int port;

    DiscoveryDocument(String tenantId, int port) {
        this.tenantId = tenantId;
        this.port = port;
    }

    /** The document of a tenant, or of a name that many tenants share (OpenID Connect Discovery, 3). */
    String openId(String tenant) {
        String base = "https://localhost:" + port + "/" + tenant;
        ObjectNode document = mapper.createObjectNode();
        document.put("token_endpoint", base + "/oauth2/v2.0/token");
        add(
                document,
                "token_endpoint_auth_methods_supported",
                "client_secret_post",
                "client_secret_basic",
                "private_key_jwt");
        document.put("jwks_uri", base + "/discovery/v2.0/keys");
        add(document, "response_modes_supported", "query", "form_post");
        add(document, "response_types_supported", "code");
        add(document, "subject_types_supported", "pairwise");
        add(document, "id_token_signing_alg_values_supported", "RS256");
        add(document, "scopes_supported", "openid", "profile", "email", "offline_access");
        add(
                document,
                "claims_supported",
                "sub",
                "iss",
                "aud",
                "exp",
                "iat",
                "nonce",
                "preferred_username",
                "name",
                "tid",
                "ver",
                "email");
        // Entra's own discovery names this issuer, while tokens for Exchange carry that of version 1.0. Where the
        // tenant
        // is not known before the user is, it has this placeholder.
        document.put("issuer", IdTokens.issuer(Directory.shared(tenant) ? "{tenantid}" : tenantId));
        document.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
        document.put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode");
        document.put("tenant_region_scope", "EU");
        document.put("cloud_instance_name", "microsoftonline.com");
        document.put("msgraph_host", "graph.microsoft.com");
        return document.toString();
    }

    /** What is known of the host of an authorization endpoint: Microsoft's own hosts, and the box. */
    String instance(String endpoint) throws EntraRefusedException {
        URI asked = uri(endpoint);
        String host = asked.getRawAuthority().toLowerCase(Locale.ROOT);
        boolean ours = asked.getPort() == port && LOCAL.contains(asked.getHost());
        if (!ours && !MICROSOFT.contains(host)) {
            throw new EntraRefusedException(SignInErrors.instanceUnknown());
        }
        String[] path = asked.getPath().split("/", -1);
        if (path.length < 2 || path[1].isEmpty()) {
            throw new EntraRefusedException(SignInErrors.parameterInvalid("authorization_endpoint"));
        }
        ObjectNode document = mapper.createObjectNode();
        document.put(
                "tenant_discovery_endpoint",
                "https://" + host + "/" + path[1] + "/v2.0/.well-known/openid-configuration");
        document.put("api-version", "1.1");
        ArrayNode metadata = document.putArray("metadata");
        host(metadata.addObject(), MICROSOFT.get(0), MICROSOFT.get(1), MICROSOFT);
        String box = "localhost:" + port;
        host(metadata.addObject(), box, box, List.of(box, "127.0.0.1:" + port));
        return document.toString();
    }

    private static URI uri(String endpoint) throws EntraRefusedException {
        try {
            URI uri = URI.create(endpoint);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new EntraRefusedException(SignInErrors.parameterInvalid("authorization_endpoint"));
        }
        throw new EntraRefusedException(SignInErrors.parameterInvalid("authorization_endpoint"));
    }

    private static void host(ObjectNode host, String network, String cache, List<String> aliases) {
        host.put("preferred_network", network);
        host.put("preferred_cache", cache);
        ArrayNode names = host.putArray("aliases");
        aliases.forEach(names::add);
    }

    private static void add(ObjectNode document, String name, String... values) {
        ArrayNode array = document.putArray(name);
        List.of(values).forEach(array::add);
    }
}

package org.outlookmail.sandbox.entra;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.SandboxSettings;

/** The tenant: its applications, their secrets and permissions, and the resources it knows. Safe for any thread. */
final class Directory {
    private static final Set<String> EXCHANGE = Set.of("https://outlook.office365.com", "https://outlook.office.com");
    private static final String GRAPH = "https://graph.microsoft.com";

    private final String tenantId;
    private final Map<String, SandboxSettings.Client> clients;
    private final Supplier<String> refuseSecret;

    /** {@code refuseSecret} gives the AADSTS code that meets every secret, or an empty string. */
    Directory(SandboxSettings settings, Supplier<String> refuseSecret) {
        this.tenantId = settings.tenantId();
        this.clients = settings.clients().stream()
                .collect(
                        Collectors.toUnmodifiableMap(client -> client.id().toLowerCase(Locale.ROOT), client -> client));
        this.refuseSecret = refuseSecret;
    }

    /** Refuses any tenant but ours. */
    void checkTenant(String tenant) throws EntraRefusedException {
        if (tenant.equalsIgnoreCase(tenantId)) {
            return;
        }
        boolean wellFormed = tenant.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                || tenant.matches("(?i)[0-9a-z][0-9a-z-]*(\\.[0-9a-z-]+)+");
        throw new EntraRefusedException(
                wellFormed ? EntraError.tenantUnknown(tenant) : EntraError.tenantMalformed(tenant));
    }

    /** The application of that id. */
    SandboxSettings.Client client(String clientId) throws EntraRefusedException {
        SandboxSettings.Client client = clients.get(clientId.toLowerCase(Locale.ROOT));
        if (client == null) {
            throw new EntraRefusedException(EntraError.clientUnknown(clientId));
        }
        return client;
    }

    /** Refuses a wrong secret, and a right one while a fault says so. */
    void checkSecret(SandboxSettings.Client client, String secret) throws EntraRefusedException {
        String code = refuseSecret.get();
        if (!code.isEmpty()) {
            throw new EntraRefusedException(EntraError.secretRefused(code, client.id()));
        }
        if (!MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), client.secret().getBytes(StandardCharsets.UTF_8))) {
            throw new EntraRefusedException(EntraError.secretRefused("AADSTS7000215", client.id()));
        }
    }

    /** The application permissions that a token for {@code resource} carries. */
    List<String> roles(SandboxSettings.Client client, String resource) throws EntraRefusedException {
        boolean exchange = EXCHANGE.contains(resource);
        if (!exchange && !resource.equals(GRAPH)) {
            throw new EntraRefusedException(EntraError.resourceUnknown(resource));
        }
        return client.roles().stream()
                .filter(role -> exchange == role.endsWith("AsApp"))
                .sorted()
                .toList();
    }
}

package org.outlookmail.sandbox.entra;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.SandboxSettings;

/** The tenant: its applications, their secrets and permissions, and the resources it knows. Safe for any thread. */
final class Directory {
    /** The names that stand for any tenant whose user signs in. */
    private static final Set<String> SHARED = Set.of("common", "organizations");

    private static final Set<String> EXCHANGE = Set.of("https://outlook.office365.com", "https://outlook.office.com");
    static final String GRAPH = "https://graph.microsoft.com";

    private final String tenantId;
    private final Map<String, SandboxSettings.Client> clients;
    private final Supplier<String> refuseSecret;
    private final SandboxSettings.Client defaultClient;
    private final SandboxSettings.Delegation delegation;
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Set<String> expiredSecrets = ConcurrentHashMap.newKeySet();
    private final Set<X509Certificate> certificates = ConcurrentHashMap.newKeySet();

    /** {@code refuseSecret} gives the AADSTS code that meets every secret, or an empty string. */
    Directory(SandboxSettings settings, Supplier<String> refuseSecret) {
        this.tenantId = settings.tenantId();
        this.clients = settings.clients().stream()
                .collect(
                        Collectors.toUnmodifiableMap(client -> client.id().toLowerCase(Locale.ROOT), client -> client));
        this.refuseSecret = refuseSecret;
        this.defaultClient = settings.clients().get(0);
        this.delegation = settings.delegation();
        reset();
    }

    /** Secrets and certificates as they were at the start. */
    void reset() {
        secrets.clear();
        secrets.add(defaultClient.secret());
        expiredSecrets.clear();
        certificates.clear();
        certificates.addAll(delegation.certificates());
    }

    SandboxSettings.Client defaultClient() {
        return defaultClient;
    }

    boolean publicClient() {
        return delegation.publicClient();
    }

    Set<String> delegatedPermissions() {
        return delegation.permissions();
    }

    /** All that mail needs on Exchange, as a scope. */
    String mailScope() {
        return "https://outlook.office.com/.default offline_access";
    }

    void addSecret(String secret) {
        secrets.add(secret);
        expiredSecrets.remove(secret);
    }

    void expireSecret(String secret) {
        expiredSecrets.add(secret);
    }

    void removeSecret(String secret) {
        secrets.remove(secret);
        expiredSecrets.remove(secret);
    }

    void addCertificate(X509Certificate certificate) {
        certificates.add(certificate);
    }

    void removeCertificate(X509Certificate certificate) {
        certificates.remove(certificate);
    }

    Set<X509Certificate> certificates() {
        return certificates;
    }

    /** Whether this stands for any tenant whose user signs in. */
    static boolean shared(String tenant) {
        return SHARED.contains(tenant.toLowerCase(Locale.ROOT));
    }

    /** Refuses any tenant but ours, and what stands for any. */
    void checkTenant(String tenant) throws EntraRefusedException {
        if (tenant.equalsIgnoreCase(tenantId) || shared(tenant)) {
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
        Set<String> right = client.equals(defaultClient) ? secrets : Set.of(client.secret());
        if (expiredSecrets.contains(secret)) {
            throw new EntraRefusedException(EntraError.secretRefused("AADSTS7000222", client.id()));
        }
        if (right.stream().noneMatch(each -> same(each, secret))) {
            throw new EntraRefusedException(EntraError.secretRefused("AADSTS7000215", client.id()));
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses what the tenant does not have. */
    void checkResource(String resource) throws EntraRefusedException {
        if (!EXCHANGE.contains(resource) && !resource.equals(GRAPH)) {
            throw new EntraRefusedException(EntraError.resourceUnknown(resource));
        }
    }

    /** The application permissions that a token for {@code resource} carries. */
    List<String> roles(SandboxSettings.Client client, String resource) throws EntraRefusedException {
        checkResource(resource);
        boolean exchange = EXCHANGE.contains(resource);
        return client.roles().stream()
                .filter(role -> exchange == role.endsWith("AsApp"))
                .sorted()
                .toList();
    }
}

package org.outlookmail.sandbox.entra;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpsServer;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.SandboxState;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.metadata.MetadataServer;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.sandbox.wire.Workers;

/** Entra as the rest of the box sees it: the server, the check of its tokens, and tokens for tests. The sandbox closes it. */
public final class Entra implements AutoCloseable {
    private final SandboxSettings settings;
    private final TokenIssuer issuer;
    private final TokenCheck check;
    private final TokenCounters counters = new TokenCounters();
    private final EntraServer server;
    private final Directory directory;
    private final ClusterIssuer cluster;
    private final FederatedCredentials federated;
    private final EntraAdmin admin;

    /** Opens the port of {@code settings} and serves. */
    public Entra(SandboxSettings settings, Certificates certificates, Faults faults, Workers workers) {
        this.settings = settings;
        KeyDocument keys = new KeyDocument(certificates.signingCertificate());
        KeyPair signing = certificates.signing();
        issuer =
                new TokenIssuer(settings.tenantId(), settings.clock(), settings.tokenLifetime(), keys.keyId(), signing);
        check = new TokenCheck(settings.tenantId(), settings.clock(), (RSAPublicKey) signing.getPublic());
        directory = new Directory(settings, () -> faults.limits().refuseSecret());
        HttpsServer listening = EntraServer.listen(settings.ports().entra(), certificates, workers);
        int port = listening.getAddress().getPort();
        String base = "https://localhost:" + port;
        cluster = new ClusterIssuer(base + "/cluster", settings.clock());
        federated = new FederatedCredentials(settings.clock());
        Parts parts = new Parts(
                new ClientProof(directory, federated, settings.clock(), audiences(base)),
                new Users(settings.delegation().users()),
                new IdTokens(settings.tenantId(), settings.clock(), issuer));
        RefreshTokenBook book = new RefreshTokenBook(settings.delegation().singleUse());
        RefreshTokenBook genericBook = new RefreshTokenBook(true);
        DeviceCodes devices =
                new DeviceCodes(settings.clock(), settings.delegation().interval());
        AuthorizationCodes codes = new AuthorizationCodes(settings.clock());
        UserTokens tokens = new UserTokens(directory, issuer, parts.idTokens(), book);
        ServiceAccount account = new ServiceAccount(base + "/google/token");
        GoogleGrant google = new GoogleGrant(account, settings.clock(), issuer, check);
        server = EntraServer.serve(
                listening,
                new EntraServer.Endpoints(
                        directory,
                        microsoft(faults, parts, tokens, book, devices, codes),
                        keys,
                        new DiscoveryDocument(settings.tenantId(), port),
                        new UserRealm(settings),
                        new DeviceEndpoint(directory, parts.clients(), devices, parts.users()),
                        new AuthorizeEndpoint(
                                settings.clock(), directory, parts.users(), tokens, parts.idTokens(), codes),
                        cluster,
                        endpoint(faults, false, google),
                        generic(faults, parts, genericBook)));
        admin = new EntraAdmin(directory, issuer, book, genericBook, devices, account, google, cluster, federated);
        federate();
    }

    /** As an administrator had done it before the start. */
    private void federate() {
        String client = directory.defaultClient().id();
        settings.delegation().subjects().forEach(subject -> admin.federate(client, cluster.issuer(), subject));
    }

    /** What the grants of both providers that know users need. */
    private record Parts(ClientProof clients, Users users, IdTokens idTokens) {}

    private TokenEndpoint microsoft(
            Faults faults,
            Parts parts,
            UserTokens tokens,
            RefreshTokenBook book,
            DeviceCodes devices,
            AuthorizationCodes codes) {
        ClientProof clients = parts.clients();
        Users users = parts.users();
        // A further grant is a class and a line here.
        return endpoint(
                faults,
                true,
                new ClientCredentialsGrant(clients, directory, issuer),
                new PasswordGrant(clients, users, tokens),
                new RefreshTokenGrant(clients, users, tokens, book),
                new DeviceCodeGrant(clients, users, tokens, devices),
                new AuthorizationCodeGrant(clients, users, tokens, codes));
    }

    private TokenEndpoint generic(Faults faults, Parts parts, RefreshTokenBook book) {
        UserTokens tokens = new UserTokens(directory, issuer, parts.idTokens(), book);
        return endpoint(
                faults,
                false,
                new ClientCredentialsGrant(parts.clients(), directory, issuer),
                new PasswordGrant(parts.clients(), parts.users(), tokens),
                new RefreshTokenGrant(parts.clients(), parts.users(), tokens, book));
    }

    private TokenEndpoint endpoint(Faults faults, boolean entra, Grant... grants) {
        return new TokenEndpoint(settings.clock(), faults, directory, check, counters, entra, List.of(grants));
    }

    /** MSAL4J signs for the real authority, whatever it is told to talk to. */
    private Set<String> audiences(String base) {
        Set<String> audiences = new HashSet<>();
        for (String host : List.of(base, "https://login.microsoftonline.com")) {
            for (String tenant : List.of(settings.tenantId(), "common", "organizations")) {
                audiences.add(host + "/" + tenant + "/oauth2/v2.0/token");
                audiences.add(host + "/" + tenant + "/v2.0");
            }
        }
        audiences.add(base + "/oauth/token");
        return audiences;
    }

    /** What can be done in Entra while programs run. */
    public EntraAdmin admin() {
        return admin;
    }

    /** The port that was opened. */
    public int port() {
        return server.port();
    }

    /** Checks tokens. */
    public TokenCheck check() {
        return check;
    }

    /** A token of the default client for Exchange, with {@code changes} put over its claims. */
    public String token(Map<String, ?> changes) {
        return check.issued(issuer.sign(claims(changes)));
    }

    /** The same, but signed by {@code stranger}. */
    public String forgedToken(Map<String, ?> changes, KeyPair stranger) {
        return issuer.forge(claims(changes), stranger);
    }

    /** The id of the application of that name in whichever case; an empty one names the default client. */
    public Optional<String> application(String clientId) {
        return clientId.isEmpty()
                ? Optional.of(directory.defaultClient().id())
                : settings.clients().stream()
                        .map(SandboxSettings.Client::id)
                        .filter(clientId::equalsIgnoreCase)
                        .findFirst();
    }

    /** A token that an application gets as a machine's managed identity; empty if the tenant does not have the resource. */
    public Optional<MetadataServer.Token> machineToken(String clientId, String resource) {
        try {
            SandboxSettings.Client client = directory.client(clientId);
            String audience = UserScope.withoutSlash(resource);
            JWTClaimsSet.Builder claims = issuer.appClaims(client, audience, directory.roles(client, audience))
                    .claim("appidacr", "2")
                    .claim(
                            "xms_mirid",
                            "/subscriptions/" + settings.tenantId()
                                    + "/resourcegroups/sandbox/providers/Microsoft.Compute/virtualMachines/box");
            Instant now = settings.clock().instant();
            return Optional.of(
                    new MetadataServer.Token(check.issued(issuer.issue(claims)), now, now.plus(issuer.lifetime())));
        } catch (EntraRefusedException unknown) {
            return Optional.empty();
        }
    }

    private JWTClaimsSet claims(Map<String, ?> changes) {
        SandboxSettings.Client client = settings.clients().get(0);
        List<String> roles = client.roles().stream()
                .filter(role -> role.endsWith("AsApp"))
                .sorted()
                .toList();
        JWTClaimsSet.Builder claims = issuer.appClaims(client, "https://outlook.office365.com", roles);
        TokenIssuer.change(claims, changes);
        return claims.build();
    }

    /** What was counted. */
    public SandboxState.Entra state() {
        return counters.state();
    }

    /** Counts from zero; secrets, certificates and claims are as they were at the start. */
    public void reset() {
        counters.reset();
        directory.reset();
        federated.clear();
        federate();
        issuer.changes(Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}

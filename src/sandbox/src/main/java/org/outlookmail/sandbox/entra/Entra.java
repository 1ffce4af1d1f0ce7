package org.outlookmail.sandbox.entra;

import com.nimbusds.jwt.JWTClaimsSet;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.SandboxState;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.tls.Certificates;
import org.outlookmail.sandbox.wire.Workers;

/** Entra as the rest of the box sees it: the server, the check of its tokens, and tokens for tests. The sandbox closes it. */
public final class Entra implements AutoCloseable {
    private final SandboxSettings settings;
    private final TokenIssuer issuer;
    private final TokenCheck check;
    private final TokenCounters counters = new TokenCounters();
    private final EntraServer server;

    /** Opens the port of {@code settings} and serves. */
    public Entra(SandboxSettings settings, Certificates certificates, Faults faults, Workers workers) {
        this.settings = settings;
        KeyDocument keys = new KeyDocument(certificates.signingCertificate());
        KeyPair signing = certificates.signing();
        issuer =
                new TokenIssuer(settings.tenantId(), settings.clock(), settings.tokenLifetime(), keys.keyId(), signing);
        check = new TokenCheck(settings.tenantId(), settings.clock(), (RSAPublicKey) signing.getPublic());
        Directory directory = new Directory(settings, () -> faults.limits().refuseSecret());
        // A further grant is a class and a line here.
        List<Grant> grants = List.of(new ClientCredentialsGrant(directory, issuer));
        TokenEndpoint endpoint = new TokenEndpoint(settings.clock(), faults, directory, check, counters, grants);
        server = EntraServer.open(settings.ports().entra(), certificates, workers, directory, endpoint, keys);
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

    /** Counts from zero. */
    public void resetCounters() {
        counters.reset();
    }

    @Override
    public void close() {
        server.close();
    }
}

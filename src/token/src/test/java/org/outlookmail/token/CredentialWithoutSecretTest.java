package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.management.EventLog;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;
import org.outlookmail.token.Credential.Federated;
import org.outlookmail.token.Credential.ManagedIdentity;

/** What the servers of a cluster share of credentials that have no secret, each with a platform's token or header of its own. */
@Tag("unit")
class CredentialWithoutSecretTest {

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final CountingGrant grant = new CountingGrant("a", clock);
    private final SharedMapProbe probe = new SharedMapProbe();

    private TokenSource node() {
        EntryKeys keys = new EntryKeys(Optional.of(Secret.of("passphrase")), Optional.empty());
        return new TokenSource(
                Nodes.cluster(probe, keys, clock), grant, Runnable::run, clock, () -> 0, EventLog.STANDARD);
    }

    private Credential federated() {
        return new Federated(new FederatedTokenFile(folder.resolve("token")));
    }

    private void rotated(String id) throws Exception {
        String claims = "{\"iss\":\"https://oidc.example\",\"jti\":\"" + id + "\"}";
        Path next = Files.writeString(
                folder.resolve("next"),
                "e30."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".c2ln");
        Files.move(next, folder.resolve("token"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Credential machine(String header) {
        return new ManagedIdentity(Optional.ofNullable(header).map(Secret::of));
    }

    @Test
    void serversWhosePodsHaveTokensOfTheirOwnShareWhatOneOfThemBrought() throws Exception {
        rotated("of the first pod");
        AccessToken token = node().token(Nodes.request(federated()));
        rotated("of the second pod");

        assertThat(node().token(Nodes.request(federated())).value()).isEqualTo(token.value());
        assertThat(grant.requests()).isEqualTo(1);
    }

    @Test
    void aRefusalIsOfTheTokenThatWasShown() throws Exception {
        grant.refuse(true);
        rotated("first");
        assertThatThrownBy(() -> node().token(Nodes.request(federated()))).isInstanceOf(TokenException.class);
        assertThatThrownBy(() -> node().token(Nodes.request(federated()))).isInstanceOf(TokenException.class);
        assertThat(grant.requests()).isEqualTo(1);

        rotated("second");
        assertThatThrownBy(() -> node().token(Nodes.request(federated()))).isInstanceOf(TokenException.class);
        assertThat(grant.requests()).isEqualTo(2);
    }

    @Test
    void instancesOfAppServiceShareATokenThoughEachHasAHeader() throws Exception {
        AccessToken token = node().token(Nodes.request(machine("first")));

        assertThat(node().token(Nodes.request(machine("second"))).value()).isEqualTo(token.value());
        assertThat(grant.requests()).isEqualTo(1);
    }

    @Test
    void neitherSharesWithTheOtherOrWithASecret() throws Exception {
        rotated("a");
        node().token(Nodes.request(federated()));
        node().token(Nodes.request(machine(null)));
        node().token(Nodes.request("a secret"));

        assertThat(grant.requests()).isEqualTo(3);
    }

    @Test
    void neitherShowsWhatItHoldsNorChangesItsMaterial() throws Exception {
        rotated("a");
        Secret material = federated().material();
        rotated("b");

        assertThat(federated().material()).isEqualTo(material);
        assertThat(federated().changes()).isFalse();
        assertThat(federated().toString()).doesNotContain("e30.");
        assertThat(machine("seen-by-nobody").toString()).doesNotContain("seen-by-nobody");
        assertThat(machine("one").material()).isEqualTo(machine("other").material());
    }
}

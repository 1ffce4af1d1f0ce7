package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.cluster.EntryKeys;
import org.outlookmail.management.EventLog;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.SettableClock;
import org.outlookmail.testkit.SharedMapProbe;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretBasic;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.Credential.Client;
import org.outlookmail.token.Credential.Delegated;
import org.outlookmail.token.Credential.UserPassword;

/** A refusal is shared by all who would ask the very same, and by nobody else. */
@Tag("unit")
class RefusalKeyTest {

    private static final Secret SECRET = Secret.of("the-client-secret");

    private final CountingGrant grant = new CountingGrant("a", new SettableClock());
    private final SharedMapProbe probe = new SharedMapProbe();

    /** A node of its own each time: what it knows of refusals, it knows from the cluster. */
    private int requestsAfter(Credential credential) {
        EntryKeys keys = new EntryKeys(Optional.of(Secret.of("passphrase")), Optional.empty());
        SettableClock clock = new SettableClock();
        grant.refuse(true);
        TokenSource node = new TokenSource(
                Nodes.cluster(probe, keys, clock), grant, Runnable::run, clock, () -> 0, EventLog.STANDARD);
        assertThatThrownBy(() -> node.token(Nodes.request(credential))).isInstanceOf(TokenException.class);
        return grant.requests();
    }

    private static Credential user(ClientAuthentication client) {
        return new UserPassword("u@contoso.com", Secret.of("the-password"), Optional.ofNullable(client));
    }

    private static Credential signedIn(ClientAuthentication client, String refreshToken) {
        return new Delegated(
                "u@contoso.com",
                Optional.of(URI.create("https://login.example.com/devicecode")),
                Optional.ofNullable(client),
                Optional.ofNullable(refreshToken).map(Secret::of));
    }

    @Test
    void theSameQuestionIsAskedOnce() {
        assertThat(requestsAfter(new Client(new SecretBasic(SECRET)))).isEqualTo(1);
        assertThat(requestsAfter(new Client(new SecretBasic(SECRET)))).isEqualTo(1);
        assertThat(requestsAfter(user(new SecretPost(SECRET)))).isEqualTo(2);
        assertThat(requestsAfter(user(new SecretPost(SECRET)))).isEqualTo(2);
        assertThat(requestsAfter(signedIn(null, "r"))).isEqualTo(3);
        assertThat(requestsAfter(signedIn(null, "r"))).isEqualTo(3);
    }

    @Test
    void anotherWayToShowTheSameSecretIsAnotherQuestion() {
        assertThat(requestsAfter(new Client(new SecretBasic(SECRET)))).isEqualTo(1);
        assertThat(requestsAfter(new Client(new SecretPost(SECRET)))).isEqualTo(2);
        assertThat(requestsAfter(new Credential.ClientSecret(SECRET, Optional.empty())))
                .isEqualTo(3);
    }

    @Test
    void aUserWhoseClientProvesItselfOtherwiseIsAnotherQuestion() {
        assertThat(requestsAfter(user(null))).isEqualTo(1);
        assertThat(requestsAfter(user(new SecretPost(SECRET)))).isEqualTo(2);
        assertThat(requestsAfter(user(new SecretBasic(SECRET)))).isEqualTo(3);
        assertThat(requestsAfter(user(new SecretBasic(Secret.of("corrected"))))).isEqualTo(4);
    }

    @Test
    void aSignedInUserWhoseClientIsCorrectedDoesNotWait(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        Files.write(file, TestKeys.rsa().pem());
        KeyStoreFile keys = new KeyStoreFile(file, Optional.empty(), Optional.empty());

        assertThat(requestsAfter(signedIn(new SecretPost(SECRET), null))).isEqualTo(1);
        assertThat(requestsAfter(signedIn(new SecretPost(Secret.of("corrected")), null)))
                .isEqualTo(2);
        assertThat(requestsAfter(signedIn(new SecretBasic(SECRET), null))).isEqualTo(3);
        assertThat(requestsAfter(signedIn(new PrivateKeyJwt(keys), null))).isEqualTo(4);
        assertThat(requestsAfter(signedIn(new SecretPost(SECRET), "a-new-one"))).isEqualTo(5);
    }
}

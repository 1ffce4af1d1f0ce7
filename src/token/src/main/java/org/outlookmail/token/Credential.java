package org.outlookmail.token;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.outlookmail.secret.Secret;

/**
 * With what a token is obtained, and so by which {@link Grant}. Immutable; where the credential lies in a file, the file
 * may change and is read anew.
 */
public sealed interface Credential {

    /** On whose behalf, as the provider names users; empty for the application's own token. */
    default String user() {
        return "";
    }

    /**
     * What only the credential's holders know. It names the entries of the shared cache, so that a changed credential
     * never hides behind a token that the old one obtained, and seals them unless a key is configured. Not for the wire.
     *
     * @throws TokenException if the credential lies in a file that cannot be used
     */
    Secret material() throws TokenException;

    /**
     * What a refusal is the answer to: the material and whatever else is shown to the provider. A refusal must not outlive a
     * change of it.
     *
     * @param material as {@link #material} has given it
     * @throws TokenException if what is shown lies in a file that cannot be used
     */
    default Secret presented(Secret material) throws TokenException {
        return material;
    }

    /** By which kind of proof, so that the refusal of one is none of another with the same secret. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** Whether {@link #material} may change while this object lives. */
    default boolean changes() {
        return false;
    }

    /**
     * Client credentials with a secret from Microsoft Entra.
     *
     * @param secret the first choice
     * @param next tried when Entra says that the first is wrong or has expired
     */
    record ClientSecret(Secret secret, Optional<Secret> next) implements Credential {
        public ClientSecret {
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(next, "next");
        }

        @Override
        public Secret material() {
            return next.map(other -> Secret.of(secret.reveal() + "\n" + other.reveal()))
                    .orElse(secret);
        }
    }

    /**
     * Client credentials with a certificate from Microsoft Entra.
     *
     * @param keys the certificate with its private key
     */
    record ClientCertificate(KeyStoreFile keys) implements Credential {
        public ClientCertificate {
            Objects.requireNonNull(keys, "keys");
        }

        @Override
        public Secret material() throws TokenException {
            return keys.current().fingerprint();
        }

        @Override
        public boolean changes() {
            return true;
        }
    }

    /**
     * A user's name and password at Microsoft Entra (RFC 6749, section 4.3). Legacy: it cannot work where a second factor
     * is asked for.
     *
     * @param client how the client authenticates; empty for a public client
     */
    record UserPassword(String user, Secret password, Optional<ClientAuthentication> client) implements Credential {
        public UserPassword {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(client, "client");
        }

        @Override
        public Secret material() throws TokenException {
            return client.isPresent()
                    ? Secret.of(
                            password.reveal() + "\n" + client.get().material().reveal())
                    : password;
        }

        @Override
        public String kind() {
            return "UserPassword " + client.map(ClientAuthentication::method).orElse("");
        }

        @Override
        public boolean changes() {
            return client.isPresent() && client.get() instanceof ClientAuthentication.PrivateKeyJwt;
        }
    }

    /**
     * A user who has signed in once (RFC 8628, RFC 6749 section 6). The refresh token lies in {@link RefreshTokens}, whose
     * key protects the access tokens too.
     *
     * @param user the mailbox that was signed in
     * @param deviceEndpoint the device authorization endpoint; empty if the provider has none
     * @param client how the client authenticates; empty for a public client
     * @param refreshToken one obtained elsewhere, to begin with
     */
    record Delegated(
            String user,
            Optional<URI> deviceEndpoint,
            Optional<ClientAuthentication> client,
            Optional<Secret> refreshToken)
            implements Credential {
        public Delegated {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(deviceEndpoint, "deviceEndpoint");
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(refreshToken, "refreshToken");
        }

        /** Nothing: whoever signs in anew replaces the token of the one before. */
        @Override
        public Secret material() {
            return Secret.of("");
        }

        /** The client's own, and the refresh token that an administrator has set. */
        @Override
        public Secret presented(Secret material) throws TokenException {
            String clients = client.isPresent() ? client.get().material().reveal() : "";
            return Secret.of(clients + "\n" + refreshToken.map(Secret::reveal).orElse(""));
        }

        @Override
        public String kind() {
            return "Delegated " + client.map(ClientAuthentication::method).orElse("");
        }
    }

    /** Client credentials at any RFC 6749 provider. */
    record Client(ClientAuthentication client) implements Credential {
        public Client {
            Objects.requireNonNull(client, "client");
        }

        @Override
        public Secret material() throws TokenException {
            return client.material();
        }

        @Override
        public String kind() {
            return "Client " + client.method();
        }

        @Override
        public boolean changes() {
            return client instanceof ClientAuthentication.PrivateKeyJwt;
        }
    }

    /**
     * Client credentials from Microsoft Entra for a statement of the platform on which the client runs (workload identity
     * federation, RFC 7523, section 2.2). The client has no secret.
     *
     * @param token the statement
     */
    record Federated(FederatedTokenFile token) implements Credential {
        public Federated {
            Objects.requireNonNull(token, "token");
        }

        /** Which file, not what is in it: that is replaced each hour, and what it has brought stays good. Nothing secret. */
        @Override
        public Secret material() {
            return Secret.of("federated\n" + token);
        }

        /** The statement itself, so that the refusal of an old one does not meet the next. */
        @Override
        public Secret presented(Secret material) throws TokenException {
            return Secret.of(material.reveal() + "\n" + token.current().reveal());
        }
    }

    /**
     * The identity that Azure has given the machine; whoever runs there gets its tokens by asking. There is no secret, but
     * for the one by which App Service tells its own applications from whoever makes them send requests.
     *
     * @param header what App Service wants in each request; empty for the metadata service of a virtual machine
     */
    record ManagedIdentity(Optional<Secret> header) implements Credential {
        public ManagedIdentity {
            Objects.requireNonNull(header, "header");
        }

        /** Nothing of the header, which is new whenever App Service starts the application. Nothing secret. */
        @Override
        public Secret material() {
            return Secret.of("managed-identity");
        }

        @Override
        public Secret presented(Secret material) {
            return Secret.of(
                    material.reveal() + "\n" + header.map(Secret::reveal).orElse(""));
        }
    }

    /**
     * A Google service account that acts for a user of its domain (RFC 7523).
     *
     * @param key the account's key file
     * @param user who is impersonated
     */
    record ServiceAccount(ServiceAccountFile key, String user) implements Credential {
        public ServiceAccount {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(user, "user");
        }

        @Override
        public Secret material() throws TokenException {
            return key.current();
        }

        @Override
        public boolean changes() {
            return true;
        }
    }
}

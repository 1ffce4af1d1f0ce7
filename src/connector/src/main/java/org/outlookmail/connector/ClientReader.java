package org.outlookmail.connector;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretBasic;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.KeyStoreFile;

/**
 * Reads how the client proves who it is, for every grant alike: with a secret, with a key, or not at all.
 *
 * <p>Thread rule: one use, one thread.
 */
final class ClientReader {

    private static final String SECRET = "clientSecret";
    private static final String CERTIFICATE = "clientCertificate";
    private static final String METHOD = "clientAuthentication";
    private static final String KEY_METHOD = "private_key_jwt";
    private static final String POST = "client_secret_post";

    /** What makes up a proof by a key. */
    private static final Set<String> KEY_PROPERTIES =
            Set.of(CERTIFICATE, "clientCertificatePassword", "clientCertificateAlias");

    private final PropertyReader reader;
    private final String method;

    private ClientReader(PropertyReader reader, String method) {
        this.reader = reader;
        this.method = method;
    }

    /** Of Entra, which is shown a secret in the body or an assertion; there is nothing to choose. */
    static ClientReader entra(PropertyReader reader) {
        return new ClientReader(reader, prefersKey(reader) ? KEY_METHOD : POST);
    }

    /** Of any other provider, in the way that is configured or else fits what is configured. */
    static ClientReader generic(PropertyReader reader) {
        if (reader.isSet(MailProperties::getClientAuthentication)) {
            return new ClientReader(
                    reader,
                    reader.choice(
                            METHOD, MailProperties::getClientAuthentication, "client_secret_basic", POST, KEY_METHOD));
        }
        return new ClientReader(reader, prefersKey(reader) ? KEY_METHOD : "client_secret_basic");
    }

    /** Secret or certificate, whichever there is; if both, the one that stands nearer. */
    private static boolean prefersKey(PropertyReader reader) {
        boolean secret = reader.isSet(MailProperties::getClientSecret);
        boolean certificate = reader.isSet(MailProperties::getClientCertificate);
        boolean ownCertificate = reader.own(MailProperties::getClientCertificate);
        if (secret && certificate && ownCertificate == reader.own(MailProperties::getClientSecret)) {
            reader.problems()
                    .add(SECRET, "and clientCertificate are both set: remove one, the client proves itself with one");
        }
        return certificate && (!secret || ownCertificate);
    }

    /** Which properties say it; the others of a client have no effect. */
    Set<String> used() {
        return method.equals(KEY_METHOD) ? KEY_PROPERTIES : Set.of(SECRET);
    }

    /** Whether the client is a public one, which has neither. */
    private boolean proves() {
        return isSet(MailProperties::getClientSecret)
                || isSet(MailProperties::getClientCertificate)
                || isSet(MailProperties::getClientAuthentication);
    }

    private boolean isSet(Function<MailProperties, String> getter) {
        return reader.isSet(getter);
    }

    /** Empty for a public client, and if there are problems. */
    Optional<ClientAuthentication> ifAny(String secretsCure) {
        return proves() ? required(secretsCure) : Optional.empty();
    }

    /** Empty if there are problems. */
    Optional<ClientAuthentication> required(String secretsCure) {
        if (method.equals(KEY_METHOD)) {
            if (!isSet(MailProperties::getClientCertificate)) {
                reader.problems().add(CERTIFICATE, "is missing: private_key_jwt signs with its private key");
            }
            return keyStore().map(PrivateKeyJwt::new);
        }
        Secret secret = reader.requiredSecret(SECRET, MailProperties::getClientSecret, secretsCure);
        return Optional.ofNullable(secret)
                .map(value -> method.equals(POST) ? new SecretPost(value) : new SecretBasic(value));
    }

    private Optional<KeyStoreFile> keyStore() {
        Optional<Secret> password =
                reader.secret("clientCertificatePassword", MailProperties::getClientCertificatePassword);
        Optional<String> alias =
                Optional.ofNullable(reader.text("clientCertificateAlias", MailProperties::getClientCertificateAlias));
        return reader.file(CERTIFICATE, MailProperties::getClientCertificate)
                .map(file -> new KeyStoreFile(file, password, alias));
    }
}

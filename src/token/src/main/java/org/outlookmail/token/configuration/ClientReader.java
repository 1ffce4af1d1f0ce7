package org.outlookmail.token.configuration;

import static org.outlookmail.configuration.Property.CLIENT_AUTHENTICATION;
import static org.outlookmail.configuration.Property.CLIENT_CERTIFICATE;
import static org.outlookmail.configuration.Property.CLIENT_CERTIFICATE_ALIAS;
import static org.outlookmail.configuration.Property.CLIENT_CERTIFICATE_PASSWORD;
import static org.outlookmail.configuration.Property.CLIENT_SECRET;

import java.util.Optional;
import java.util.Set;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertyReader;
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

    private static final String KEY_METHOD = "private_key_jwt";
    private static final String POST = "client_secret_post";

    /** What makes up a proof by a key. */
    private static final Set<Property> KEY_PROPERTIES =
            Set.of(CLIENT_CERTIFICATE, CLIENT_CERTIFICATE_PASSWORD, CLIENT_CERTIFICATE_ALIAS);

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
        boolean fitting = !reader.isSet(CLIENT_AUTHENTICATION) && prefersKey(reader);
        return new ClientReader(reader, fitting ? KEY_METHOD : reader.choice(CLIENT_AUTHENTICATION));
    }

    /** Secret or certificate, whichever there is; if both, the one that stands nearer. */
    private static boolean prefersKey(PropertyReader reader) {
        boolean secret = reader.isSet(CLIENT_SECRET);
        boolean certificate = reader.isSet(CLIENT_CERTIFICATE);
        boolean ownCertificate = reader.own(CLIENT_CERTIFICATE);
        if (secret && certificate && ownCertificate == reader.own(CLIENT_SECRET)) {
            reader.problem(
                    CLIENT_SECRET,
                    "and " + reader.name(CLIENT_CERTIFICATE)
                            + " are both set: remove one, the client proves itself with one");
        }
        return certificate && (!secret || ownCertificate);
    }

    /** Which properties say it; the others of a client have no effect. */
    Set<Property> used() {
        return method.equals(KEY_METHOD) ? KEY_PROPERTIES : Set.of(CLIENT_SECRET);
    }

    /** Empty for a public client, which has no proof, and if there are problems. */
    Optional<ClientAuthentication> ifAny(String secretsCure) {
        boolean proves =
                reader.isSet(CLIENT_SECRET) || reader.isSet(CLIENT_CERTIFICATE) || reader.isSet(CLIENT_AUTHENTICATION);
        return proves ? required(secretsCure) : Optional.empty();
    }

    /** Empty if there are problems. */
    Optional<ClientAuthentication> required(String secretsCure) {
        if (method.equals(KEY_METHOD)) {
            if (!reader.isSet(CLIENT_CERTIFICATE)) {
                reader.problem(CLIENT_CERTIFICATE, "is missing: private_key_jwt signs with its private key");
            }
            return keyStore().map(PrivateKeyJwt::new);
        }
        return reader.requiredSecret(CLIENT_SECRET, secretsCure)
                .map(value -> method.equals(POST) ? new SecretPost(value) : new SecretBasic(value));
    }

    private Optional<KeyStoreFile> keyStore() {
        Optional<Secret> password = reader.secret(CLIENT_CERTIFICATE_PASSWORD);
        Optional<String> alias = reader.text(CLIENT_CERTIFICATE_ALIAS);
        return reader.file(CLIENT_CERTIFICATE).map(file -> new KeyStoreFile(file, password, alias));
    }
}

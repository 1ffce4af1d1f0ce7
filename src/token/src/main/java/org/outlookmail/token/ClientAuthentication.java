package org.outlookmail.token;

import java.util.Objects;
import org.outlookmail.secret.Secret;

/** How a client proves to a token endpoint who it is (RFC 6749, section 2.3). Immutable. */
public sealed interface ClientAuthentication {

    /**
     * What only the client knows.
     *
     * @throws TokenException if it lies in a file that cannot be used
     */
    Secret material() throws TokenException;

    /** Its name, as registered for {@code token_endpoint_auth_method} (RFC 7591, section 2). */
    String method();

    /** {@code client_secret_basic}: id and secret in the Authorization header. */
    record SecretBasic(Secret material) implements ClientAuthentication {
        public SecretBasic {
            Objects.requireNonNull(material, "material");
        }

        @Override
        public String method() {
            return "client_secret_basic";
        }
    }

    /** {@code client_secret_post}: id and secret in the body. */
    record SecretPost(Secret material) implements ClientAuthentication {
        public SecretPost {
            Objects.requireNonNull(material, "material");
        }

        @Override
        public String method() {
            return "client_secret_post";
        }
    }

    /**
     * {@code private_key_jwt}: an assertion signed with the client's key (RFC 7523).
     *
     * @param keys the key and its certificate
     */
    record PrivateKeyJwt(KeyStoreFile keys) implements ClientAuthentication {
        public PrivateKeyJwt {
            Objects.requireNonNull(keys, "keys");
        }

        @Override
        public Secret material() throws TokenException {
            return keys.current().fingerprint();
        }

        @Override
        public String method() {
            return "private_key_jwt";
        }
    }
}

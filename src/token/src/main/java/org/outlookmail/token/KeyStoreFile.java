package org.outlookmail.token;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;

/**
 * A certificate with its private key in a PKCS#12 or JKS key store or in PEM. Read again when the file changes.
 *
 * <p>Thread rule: free for any thread. Equal by file, password and alias.
 */
public final class KeyStoreFile {

    private final Path path;
    private final Optional<Secret> password;
    private final Optional<String> alias;
    private final WatchedFile<Entry> file;

    /**
     * @param path the file; not null
     * @param password of the store and of the key in it, or of an encrypted PEM key
     * @param alias which entry; empty if there is but one key
     */
    public KeyStoreFile(Path path, Optional<Secret> password, Optional<String> alias) {
        this.path = path;
        this.password = password;
        this.alias = alias;
        this.file = new WatchedFile<>(path, DiagnosisCode.CERTIFICATE_UNUSABLE, this::read);
    }

    /**
     * A key and the certificates that vouch for it, its own first. Immutable; its text form shows the certificate's
     * subject and serial number.
     */
    public record Entry(PrivateKey key, List<X509Certificate> chain) {
        public Entry {
            Objects.requireNonNull(key, "key");
            chain = List.copyOf(chain);
        }

        /** The key's own certificate. */
        public X509Certificate certificate() {
            return chain.get(0);
        }

        /** A text that only those can make who have the private key. */
        public Secret fingerprint() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
                return Secret.of(Base64.getEncoder().encodeToString(digest));
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("every Java 17 platform offers SHA-256", missing);
            }
        }

        @Override
        public String toString() {
            return "Entry[" + certificate().getSubjectX500Principal() + ", "
                    + certificate().getSerialNumber().toString(16) + "]";
        }
    }

    /**
     * The key as it is now.
     *
     * @throws TokenException if the file has never been usable
     */
    public Entry current() throws TokenException {
        return file.current();
    }

    private Entry read(byte[] content) throws IOException, GeneralSecurityException {
        return TrustStoreFile.pem(content)
                ? PemKey.read(content, password)
                : KeyStoreKey.read(content, password, alias);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyStoreFile file
                && path.equals(file.path)
                && password.equals(file.password)
                && alias.equals(file.alias);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, password, alias);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

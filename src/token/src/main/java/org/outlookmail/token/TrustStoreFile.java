package org.outlookmail.token;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;

/**
 * The authorities that are trusted instead of the server's own: a PKCS#12 or JKS trust store, or certificates in PEM.
 * Read again when the file changes.
 *
 * <p>Thread rule: free for any thread. Equal by file and password.
 */
public final class TrustStoreFile {

    private final Path path;
    private final Optional<Secret> password;
    private final WatchedFile<SSLSocketFactory> file;

    /**
     * @param path the file; not null
     * @param password of the store; empty for PEM and for stores without one
     */
    public TrustStoreFile(Path path, Optional<Secret> password) {
        this.path = path;
        this.password = password;
        this.file = new WatchedFile<>(path, DiagnosisCode.TRUST_STORE_UNUSABLE, this::read);
    }

    /**
     * Makes sockets that trust those authorities and nobody else.
     *
     * @throws TokenException if the file has never been usable
     */
    public SSLSocketFactory socketFactory() throws TokenException {
        return file.current();
    }

    private SSLSocketFactory read(byte[] content) throws IOException, GeneralSecurityException {
        KeyStore store = pem(content) ? ofCertificates(content) : ofStore(content);
        if (store.size() == 0) {
            throw new IOException("there is no certificate in it");
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private KeyStore ofStore(byte[] content) throws IOException, GeneralSecurityException {
        // The JDK's PKCS12 reads JKS too (keystore.type.compat).
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(
                new ByteArrayInputStream(content),
                password.map(secret -> secret.reveal().toCharArray()).orElse(null));
        return store;
    }

    private static KeyStore ofCertificates(byte[] content) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority" + number++, certificate);
        }
        return store;
    }

    static boolean pem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustStoreFile file && path.equals(file.path) && password.equals(file.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, password);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

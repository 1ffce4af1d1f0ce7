package org.outlookmail.sandbox.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The box's certificate authority, the server certificate it signs, and the key that signs tokens. With a data folder the
 * authority and the signing key are kept there, so that a trust store written once serves every later start. Immutable;
 * nothing to close.
 */
public final class Certificates {
    /** The password of every trust store the box writes; it protects nothing, certificates are public. */
    public static final String TRUST_STORE_PASSWORD = "sandbox";

    private static final char[] PASSWORD = TRUST_STORE_PASSWORD.toCharArray();
    private static final String FILE = "sandbox-keys.p12";

    private final X509Certificate authority;
    private final KeyPair signing;
    private final X509Certificate signingCertificate;
    private final SSLContext server;

    private Certificates(KeyStore keys) throws GeneralSecurityException {
        authority = (X509Certificate) keys.getCertificate("ca");
        signingCertificate = (X509Certificate) keys.getCertificate("signing");
        signing = new KeyPair(signingCertificate.getPublicKey(), (PrivateKey) keys.getKey("signing", PASSWORD));
        server = serverContext((PrivateKey) keys.getKey("ca", PASSWORD));
    }

    /** Makes new keys, or takes those that an earlier start left in {@code dataDir}; null keeps nothing. */
    public static Certificates open(Path dataDir) {
        try {
            if (dataDir == null) {
                return new Certificates(create());
            }
            Path file = dataDir.resolve(FILE);
            KeyStore keys;
            if (Files.exists(file)) {
                keys = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    keys.load(in, PASSWORD);
                }
            } else {
                keys = create();
                Files.createDirectories(dataDir);
                write(keys, file);
            }
            return new Certificates(keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sandbox cannot make or read its keys: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot use the folder " + dataDir + " for its keys", e);
        }
    }

    private static KeyStore create() throws GeneralSecurityException {
        KeyPair authority = Issuer.ecKeys();
        X509Certificate authorityCertificate = Issuer.authority(authority);
        KeyPair signing = Issuer.rsaKeys();
        KeyStore keys = emptyStore();
        keys.setKeyEntry("ca", authority.getPrivate(), PASSWORD, new Certificate[] {authorityCertificate});
        keys.setKeyEntry("signing", signing.getPrivate(), PASSWORD, new Certificate[] {Issuer.tokenSigner(signing)});
        return keys;
    }

    private SSLContext serverContext(PrivateKey authorityKey) throws GeneralSecurityException {
        KeyPair keys = Issuer.ecKeys();
        X509Certificate certificate = Issuer.server(keys, authority, authorityKey);
        KeyStore store = emptyStore();
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD, new Certificate[] {certificate, authority});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** For the box's own server sockets. */
    public SSLContext server() {
        return server;
    }

    /** For clients: trusts the box and nothing else. */
    public SSLContext client() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make a TLS context", e);
        }
    }

    /** A new key store that holds the authority's certificate and nothing else. */
    public KeyStore trustStore() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("outlook-mail-sandbox", authority);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make a key store", e);
        }
    }

    /** Writes {@link #trustStore()} as PKCS#12, replacing the file. */
    public void writeTrustStore(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            write(trustStore(), file);
        } catch (IOException e) {
            throw new UncheckedIOException("The trust store " + file + " cannot be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trust store " + file + " cannot be written", e);
        }
    }

    /** The authority's certificate as PEM. */
    public String pem() {
        return pem(authority);
    }

    private static String pem(X509Certificate certificate) {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate cannot be encoded", e);
        }
    }

    /** The RSA keys that sign tokens. */
    public KeyPair signing() {
        return signing;
    }

    /** The certificate that Entra's key document gives for the signing key. */
    public X509Certificate signingCertificate() {
        return signingCertificate;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException("An empty key store cannot fail to load", e);
        }
    }

    private static void write(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }
}

package org.outlookmail.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A new self-signed certificate for localhost and 127.0.0.1, in the forms that servers and clients want. Immutable; its
 * files stay until their folder goes.
 */
final class ServerCertificate {

    /** Of every key store here; certificates are public, and the key lives as long as a test. */
    static final String PASSWORD = TestKeyStore.PASSWORD;

    private final Path certificate;
    private final Path key;
    private final Path trustStore;
    private final SSLContext server;
    private final SSLContext client;

    private ServerCertificate(Path folder) throws IOException, GeneralSecurityException {
        TestKeyStore made = TestKeyStore.create(folder.resolve("server.p12"));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(made.file())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        certificate = Files.writeString(
                folder.resolve("server.crt"),
                Pem.of("CERTIFICATE", made.certificate().getEncoded()));
        key = Files.createFile(
                folder.resolve("server.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                key,
                Pem.of(
                        "PRIVATE KEY",
                        keys.getKey("mail", PASSWORD.toCharArray()).getEncoded()));

        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("real-servers", made.certificate());
        trustStore = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD.toCharArray());
        }

        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        server = SSLContext.getInstance("TLS");
        server.init(own.getKeyManagers(), null, null);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        client = SSLContext.getInstance("TLS");
        client.init(null, others.getTrustManagers(), null);
    }

    static ServerCertificate create(Path folder) throws IOException {
        try {
            return new ServerCertificate(folder);
        } catch (GeneralSecurityException failure) {
            throw new IOException("no certificate for the servers", failure);
        }
    }

    /** PEM. */
    Path certificate() {
        return certificate;
    }

    /** PEM, for root's eyes only. */
    Path key() {
        return key;
    }

    /** PKCS12, of the certificate alone. */
    Path trustStore() {
        return trustStore;
    }

    SSLContext server() {
        return server;
    }

    /** Trusts this certificate and no other. */
    SSLContext client() {
        return client;
    }
}

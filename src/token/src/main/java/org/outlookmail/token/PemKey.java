package org.outlookmail.token;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.outlookmail.secret.Secret;

/** Reads a key (PKCS#8, RFC 5958) and its certificates from PEM (RFC 7468). */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.+?)-----END \\1-----", Pattern.DOTALL);

    private PemKey() {}

    static KeyStoreFile.Entry read(byte[] content, Optional<Secret> password)
            throws IOException, GeneralSecurityException {
        PrivateKey key = null;
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            byte[] der = decoded(block.group(2));
            switch (block.group(1)) {
                case "PRIVATE KEY" -> key = key(new PKCS8EncodedKeySpec(der));
                case "ENCRYPTED PRIVATE KEY" -> key = key(decrypted(der, password));
                case "CERTIFICATE" -> certificates.add(certificate(der));
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw new IOException(
                            "its private key is not in PKCS#8; convert it with: openssl pkcs8 -topk8 -in key.pem");
                default -> {
                    // Parameters and the like; not needed for the key.
                }
            }
        }
        if (key == null) {
            throw new IOException("there is no private key in it");
        }
        return new KeyStoreFile.Entry(key, ownFirst(key, certificates));
    }

    /** A key alone, as a service account's file has it. */
    static PrivateKey readKey(String content) throws IOException, GeneralSecurityException {
        Matcher block = BLOCK.matcher(content);
        if (!block.find() || !block.group(1).equals("PRIVATE KEY")) {
            throw new IOException("there is no private key in it");
        }
        return key(new PKCS8EncodedKeySpec(decoded(block.group(2))));
    }

    private static byte[] decoded(String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new IOException("a block of it is not base64");
        }
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] der, Optional<Secret> password) throws IOException {
        if (password.isEmpty()) {
            throw new IOException("its private key is encrypted: set clientCertificatePassword");
        }
        PBEKeySpec spec = new PBEKeySpec(password.get().reveal().toCharArray());
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            Cipher cipher = Cipher.getInstance(algorithm(info));
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm(info)).generateSecret(spec),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (InvalidKeySpecException | InvalidKeyException undecipherable) {
            throw new IOException("its private key cannot be decrypted: clientCertificatePassword is wrong");
        } catch (IOException | GeneralSecurityException unknown) {
            // Such as PBES2 with triple DES, which "openssl req" writes.
            throw new IOException(
                    "its private key is encrypted in a way that Java does not know (" + unknown.getMessage()
                            + "); convert it with: openssl pkcs8 -topk8 -in key.pem",
                    unknown);
        } finally {
            spec.clearPassword();
        }
    }

    /** The JDK names PBES2 only as such; the parameters' own name is that of the algorithm. */
    private static String algorithm(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        return name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13")
                ? info.getAlgParameters().toString()
                : name;
    }

    /** What it is stands inside; a factory takes only its own kind. */
    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        GeneralSecurityException refused = null;
        for (String algorithm : List.of("RSA", "EC", "RSASSA-PSS")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException notOfThatKind) {
                refused = notOfThatKind;
            }
        }
        throw refused;
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** In a file without order the key decides which certificate is its own. */
    private static List<X509Certificate> ownFirst(PrivateKey key, List<X509Certificate> certificates)
            throws IOException {
        List<X509Certificate> chain = new ArrayList<>(certificates);
        for (X509Certificate certificate : certificates) {
            if (belongs(key, certificate.getPublicKey())) {
                chain.remove(certificate);
                chain.add(0, certificate);
                return chain;
            }
        }
        throw new IOException("there is no certificate of the private key in it");
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        if (key instanceof RSAPrivateKey rsa) {
            return certified instanceof RSAPublicKey other && rsa.getModulus().equals(other.getModulus());
        }
        // A key of a curve does not tell its public half, but it can be tried.
        byte[] probe = {1};
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }
}

package org.outlookmail.token;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/** A key with a certificate of its own, in every form in which an administrator may have it. Immutable. */
public record TestKeys(KeyPair pair, X509Certificate certificate) {

    public static final String PASSWORD = "the-key-file-password";

    /** What most have. */
    public static TestKeys rsa() {
        return of("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA");
    }

    /** Too short for anybody today. */
    public static TestKeys weakRsa() {
        return of("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4), "SHA256withRSA");
    }

    /** One that is for RSASSA-PSS alone. */
    public static TestKeys pss() {
        return of("RSASSA-PSS", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA");
    }

    /**
     * A key of an elliptic curve.
     *
     * @param curve such as {@code secp256r1}
     */
    public static TestKeys ec(String curve) {
        return of("EC", new ECGenParameterSpec(curve), "SHA256withECDSA");
    }

    private static TestKeys of(String algorithm, AlgorithmParameterSpec parameters, String signature) {
        KeyPair pair = pair(algorithm, parameters);
        return signed(pair, algorithm.equals("RSASSA-PSS") ? pair("RSA", parameters) : pair, signature);
    }

    private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TestKeys signed(KeyPair pair, KeyPair issuer, String signature) {
        try {
            Instant now = Instant.now();
            X500Name name = new X500Name("CN=mail connector");
            return new TestKeys(
                    pair,
                    new JcaX509CertificateConverter()
                            .getCertificate(new JcaX509v3CertificateBuilder(
                                            name,
                                            new BigInteger(64, new SecureRandom()),
                                            Date.from(now.minus(Duration.ofHours(1))),
                                            Date.from(now.plus(Duration.ofDays(1))),
                                            name,
                                            pair.getPublic())
                                    .build(new JcaContentSignerBuilder(signature).build(issuer.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Certificate and key, PKCS#8. */
    public byte[] pem() {
        return (certificatePem() + block("PRIVATE KEY", pair.getPrivate().getEncoded()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The same with an encrypted key, as openssl pkcs8 writes it. */
    public byte[] encryptedPem() throws OperatorCreationException, IOException {
        return encryptedPem(NISTObjectIdentifiers.id_aes256_CBC);
    }

    /** The same, encrypted otherwise. */
    public byte[] encryptedPem(ASN1ObjectIdentifier cipher) throws OperatorCreationException, IOException {
        byte[] hidden = new JcaPKCS8EncryptedPrivateKeyInfoBuilder(pair.getPrivate())
                .build(new JcePKCSPBEOutputEncryptorBuilder(cipher)
                        .setPRF(PBKDF2Config.PRF_SHA256)
                        .setProvider(new BouncyCastleProvider())
                        .build(PASSWORD.toCharArray()))
                .getEncoded();
        return (block("ENCRYPTED PRIVATE KEY", hidden) + certificatePem()).getBytes(StandardCharsets.US_ASCII);
    }

    public String certificatePem() {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String block(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + name
                + "-----\n";
    }

    /**
     * A key store with this key alone.
     *
     * @param type {@code PKCS12} or {@code JKS}
     */
    public byte[] store(String type) {
        return store(type, Map.of("mail", this));
    }

    /** A key store with several keys. */
    public static byte[] store(String type, Map<String, TestKeys> entries) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            for (Map.Entry<String, TestKeys> entry : entries.entrySet()) {
                TestKeys keys = entry.getValue();
                store.setKeyEntry(entry.getKey(), keys.pair().getPrivate(), PASSWORD.toCharArray(), new Certificate[] {
                    keys.certificate()
                });
            }
            return bytes(store);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A trust store with this certificate. */
    public byte[] trustStore(String type) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            store.setCertificateEntry("authority", certificate);
            return bytes(store);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(KeyStore store) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        store.store(file, PASSWORD.toCharArray());
        return file.toByteArray();
    }
}

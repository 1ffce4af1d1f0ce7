package org.outlookmail.sandbox.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes key pairs and certificates. Certificates follow the machine's time and never the box's clock, as the clients that
 * check them do. Stateless.
 */
final class Issuer {
    private static final Duration LIFE = Duration.ofDays(3650);
    /** Above this, some clients refuse a server certificate. */
    private static final Duration SERVER_LIFE = Duration.ofDays(390);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Issuer() {}

    static KeyPair ecKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static KeyPair rsaKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    static X509Certificate authority(KeyPair keys) throws GeneralSecurityException {
        X500Name name = new X500Name(
                "CN=Outlook Mail Sandbox CA " + serial().toString(16).substring(0, 8));
        X509v3CertificateBuilder builder = builder(name, name, LIFE, keys.getPublic());
        add(builder, Extension.basicConstraints, true, new BasicConstraints(0));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return sign(builder, "SHA256withECDSA", keys.getPrivate());
    }

    static X509Certificate server(KeyPair keys, X509Certificate authority, PrivateKey authorityKey)
            throws GeneralSecurityException {
        X500Name issuer =
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=localhost"), SERVER_LIFE, keys.getPublic());
        add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        add(builder, Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        }));
        return sign(builder, "SHA256withECDSA", authorityKey);
    }

    static X509Certificate tokenSigner(KeyPair keys) throws GeneralSecurityException {
        X500Name name = new X500Name("CN=accounts.accesscontrol.windows.net");
        return sign(builder(name, name, LIFE, keys.getPublic()), "SHA256withRSA", keys.getPrivate());
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, Duration life, PublicKey key) {
        Instant now = Instant.now();
        // A day back: the clocks of containers and their hosts differ.
        return new JcaX509v3CertificateBuilder(
                issuer, serial(), Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(life)), subject, key);
    }

    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).setBit(126);
    }

    private static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value)
            throws GeneralSecurityException {
        try {
            builder.addExtension(kind, critical, value);
        } catch (CertIOException e) {
            throw new GeneralSecurityException("A certificate extension cannot be encoded", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, String algorithm, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("A certificate cannot be signed with " + algorithm, e);
        }
    }
}

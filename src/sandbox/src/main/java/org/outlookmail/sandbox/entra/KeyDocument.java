package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** The public signing key as Entra publishes it (RFC 7517): kid, x5t and x5c. Immutable. */
final class KeyDocument {
    private final String keyId;
    private final String json;

    KeyDocument(X509Certificate certificate) {
        try {
            byte[] encoded = certificate.getEncoded();
            keyId = Base64URL.encode(MessageDigest.getInstance("SHA-1").digest(encoded))
                    .toString();
            RSAKey key = new RSAKey.Builder((RSAPublicKey) certificate.getPublicKey())
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(keyId)
                    .x509CertChain(List.of(Base64.encode(encoded)))
                    .build();
            json = new JWKSet(key).toString();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("The signing certificate cannot be encoded", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-1, which Entra's key ids are made with", e);
        }
    }

    /** The name of the key: the thumbprint of its certificate, as with Entra. */
    String keyId() {
        return keyId;
    }

    String json() {
        return json;
    }
}

package org.outlookmail.token.grant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.ClientAuthentication.PrivateKeyJwt;
import org.outlookmail.token.ClientAuthentication.SecretBasic;
import org.outlookmail.token.ClientAuthentication.SecretPost;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;

/**
 * How the client authenticates, in Nimbus's terms (RFC 6749, section 2.3; RFC 7523, section 2.2).
 *
 * <p>Thread rule: free for any thread.
 */
final class ClientProof {

    /** Long enough for clocks that differ a little, short enough to be worth nothing when found later. */
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(5);

    private ClientProof() {}

    static ClientAuthentication of(TokenRequest request, org.outlookmail.token.ClientAuthentication client)
            throws TokenException {
        ClientID id = new ClientID(request.clientId());
        // A switch over types is Java 21's.
        if (client instanceof SecretBasic basic) {
            return new ClientSecretBasic(id, new Secret(basic.material().reveal()));
        }
        if (client instanceof SecretPost post) {
            return new ClientSecretPost(id, new Secret(post.material().reveal()));
        }
        return assertion(request, ((PrivateKeyJwt) client).keys());
    }

    private static PrivateKeyJWT assertion(TokenRequest request, KeyStoreFile keys) throws TokenException {
        KeyStoreFile.Entry entry = keys.current();
        try {
            JWSSigner signer = signer(entry.key());
            SignedJWT assertion = new SignedJWT(
                    new JWSHeader.Builder(algorithm(entry.key()))
                            .type(com.nimbusds.jose.JOSEObjectType.JWT)
                            .keyID(keyId(entry))
                            .x509CertSHA256Thumbprint(X509CertUtils.computeSHA256Thumbprint(entry.certificate()))
                            .build(),
                    claims(request));
            assertion.sign(signer);
            return new PrivateKeyJWT(assertion);
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException unfit) {
            throw new TokenException(
                    Diagnosis.of(
                            DiagnosisCode.CERTIFICATE_UNUSABLE,
                            "No token for " + request.subject() + ": the key in " + keys + " cannot sign.",
                            Map.of("reason", String.valueOf(unfit.getMessage()))),
                    null,
                    unfit);
        }
    }

    private static JWTClaimsSet claims(TokenRequest request) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(request.clientId())
                .subject(request.clientId())
                .audience(request.tokenEndpoint().toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
                .build();
    }

    private static JWSSigner signer(PrivateKey key) throws JOSEException {
        return key instanceof ECPrivateKey curve ? new ECDSASigner(curve) : new RSASSASigner(key);
    }

    /** RS256 is what everybody accepts; a key that is certified for RSASSA-PSS can do nothing else. */
    private static JWSAlgorithm algorithm(PrivateKey key) throws JOSEException {
        if (key instanceof ECPrivateKey curve) {
            return new ECDSASigner(curve).supportedJWSAlgorithms().iterator().next();
        }
        return key.getAlgorithm().equals("RSASSA-PSS") ? JWSAlgorithm.PS256 : JWSAlgorithm.RS256;
    }

    /** A digest of the public key, by which Keycloak names the keys of uploaded certificates; others find x5t#S256. */
    private static String keyId(KeyStoreFile.Entry entry) throws GeneralSecurityException {
        byte[] publicKey = entry.certificate().getPublicKey().getEncoded();
        return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(publicKey))
                .toString();
    }
}

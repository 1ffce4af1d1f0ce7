package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings;

/**
 * Decides whether a request comes from the client it names: by its secret, by an assertion signed with the key of a registered
 * certificate (RFC 7523), or by that of an issuer whom its app registration trusts. Safe for any thread.
 */
final class ClientProof {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Directory directory;
    private final FederatedCredentials federated;
    private final Clock clock;
    private final Set<String> audiences;

    /** {@code audiences} are the addresses that an assertion may be made for. */
    ClientProof(Directory directory, FederatedCredentials federated, Clock clock, Set<String> audiences) {
        this.directory = directory;
        this.federated = federated;
        this.clock = clock;
        this.audiences = Set.copyOf(audiences);
    }

    /** The client that has proved itself. */
    SandboxSettings.Client confidential(TokenRequest request) throws EntraRefusedException {
        if (!request.optional("client_assertion").isEmpty()) {
            return byAssertion(request);
        }
        SandboxSettings.Client client = directory.client(request.required("client_id"));
        String secret = request.optional("client_secret");
        if (secret.isEmpty()) {
            throw new EntraRefusedException(EntraError.credentialMissing());
        }
        directory.checkSecret(client, secret);
        return client;
    }

    /** The same, or a public client that has only told its name. */
    SandboxSettings.Client any(TokenRequest request) throws EntraRefusedException {
        boolean proves = !request.optional("client_assertion").isEmpty()
                || !request.optional("client_secret").isEmpty();
        if (proves || !directory.publicClient()) {
            return confidential(request);
        }
        return directory.client(request.required("client_id"));
    }

    private SandboxSettings.Client byAssertion(TokenRequest request) throws EntraRefusedException {
        if (!request.required("client_assertion_type").equals(ASSERTION_TYPE)) {
            throw new EntraRefusedException(EntraError.assertionRefused("its type is not " + ASSERTION_TYPE));
        }
        try {
            SignedJWT assertion = SignedJWT.parse(request.required("client_assertion"));
            JWTClaimsSet claims = assertion.getJWTClaimsSet();
            String named = request.optional("client_id");
            if (!named.isEmpty() && !named.equalsIgnoreCase(String.valueOf(claims.getIssuer()))) {
                // Who signs for itself is its own issuer.
                SandboxSettings.Client client = directory.client(named);
                federated.check(client.id(), assertion);
                return client;
            }
            SandboxSettings.Client client = directory.client(String.valueOf(claims.getIssuer()));
            if (!client.id().equalsIgnoreCase(String.valueOf(claims.getSubject()))
                    || !(named.isEmpty() || named.equalsIgnoreCase(client.id()))) {
                throw new EntraRefusedException(EntraError.assertionRefused("sub, iss and client_id differ"));
            }
            checkSignature(assertion);
            checkAudience(claims.getAudience());
            checkTimes(claims);
            return client;
        } catch (ParseException | JOSEException e) {
            throw new EntraRefusedException(EntraError.assertionMalformed());
        }
    }

    private void checkSignature(SignedJWT assertion) throws EntraRefusedException, JOSEException {
        for (X509Certificate certificate : directory.certificates()) {
            if (assertion.verify(verifier(certificate.getPublicKey(), assertion.getHeader()))) {
                return;
            }
        }
        throw new EntraRefusedException(EntraError.certificateUnknown());
    }

    private static JWSVerifier verifier(PublicKey key, JWSHeader header) throws JOSEException {
        boolean elliptic = header.getAlgorithm().getName().startsWith("ES");
        if (elliptic && key instanceof ECPublicKey ec) {
            return new ECDSAVerifier(ec);
        }
        if (!elliptic && key instanceof RSAPublicKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        return new NeverFits();
    }

    private void checkAudience(List<String> audience) throws EntraRefusedException {
        if (audience.stream().noneMatch(audiences::contains)) {
            throw new EntraRefusedException(EntraError.assertionRefused("aud is " + audience));
        }
    }

    private void checkTimes(JWTClaimsSet claims) throws EntraRefusedException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date from = claims.getNotBeforeTime();
        if (expires == null
                || !now.isBefore(expires.toInstant())
                || (from != null && now.plusSeconds(300).isBefore(from.toInstant()))) {
            throw new EntraRefusedException(EntraError.assertionOutOfTime(now));
        }
    }
}

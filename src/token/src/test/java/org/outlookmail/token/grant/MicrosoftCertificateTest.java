package org.outlookmail.token.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential.ClientCertificate;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.TestKeys;
import org.outlookmail.token.TokenException;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.grant.FakeProvider.Answer;

@Tag("unit")
@Timeout(60)
class MicrosoftCertificateTest {

    private static final TestKeys KEYS = TestKeys.rsa();
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";

    @TempDir
    private Path folder;

    private final FakeProvider provider = new FakeProvider().answers(asked -> Answer.token("an-access-token"));
    private final MicrosoftGrant grant = new MicrosoftGrant();

    @AfterEach
    void close() {
        provider.close();
    }

    private KeyStoreFile file(byte[] content) throws Exception {
        Path path = folder.resolve("certificate");
        Files.write(path, content);
        return new KeyStoreFile(path, Optional.of(Secret.of(TestKeys.PASSWORD)), Optional.empty());
    }

    private String acquire(KeyStoreFile file) throws TokenException {
        return grant.withCertificate(
                        new TokenRequest(
                                provider.tokenEndpoint(),
                                TENANT,
                                "the-client-id",
                                new ClientCertificate(file),
                                "https://outlook.office365.com/.default",
                                Asking.HTTP),
                        file)
                .value();
    }

    private SignedJWT assertion(int request) throws Exception {
        return SignedJWT.parse(provider.asked().get(request).form().get("client_assertion"));
    }

    private static boolean signedBy(TestKeys keys, SignedJWT assertion) throws Exception {
        return assertion.verify(
                new RSASSAVerifier((RSAPublicKey) keys.certificate().getPublicKey()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "PEM", "encrypted PEM"})
    void theAssertionIsWhatEntraWants(String form) throws Exception {
        byte[] content = switch (form) {
            case "PEM" -> KEYS.pem();
            case "encrypted PEM" -> KEYS.encryptedPem();
            default -> KEYS.store(form);
        };

        assertThat(acquire(file(content))).isEqualTo("an-access-token");
        assertThat(provider.onlyRequest().form())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        SignedJWT assertion = assertion(0);
        assertThat(signedBy(KEYS, assertion)).isTrue();
        // MSAL4J writes it in plain base64 where RFC 7515 wants base64url; accepted here; what Entra makes of it is not
        // known.
        assertThat(assertion.getHeader().getX509CertSHA256Thumbprint().decode())
                .isEqualTo(X509CertUtils.computeSHA256Thumbprint(KEYS.certificate())
                        .decode());
        assertThat(assertion.getHeader().getX509CertChain()).hasSize(1);
        assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("the-client-id");
        assertThat(assertion.getJWTClaimsSet().getAudience())
                .containsExactly("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token");
    }

    @Test
    void aReplacedFileSignsTheNextRequest() throws Exception {
        KeyStoreFile file = file(KEYS.store("PKCS12"));
        acquire(file);
        TestKeys next = TestKeys.rsa();
        Files.write(folder.resolve("certificate"), next.store("PKCS12"));
        acquire(file);

        assertThat(signedBy(KEYS, assertion(0))).isTrue();
        assertThat(signedBy(next, assertion(1))).isTrue();
    }

    @Test
    void aKeyThatEntraDoesNotTakeIsNamedBeforeAnythingIsSent() throws Exception {
        KeyStoreFile file = file(TestKeys.ec("secp256r1").pem());
        TokenException refusal = Asking.refusal(() -> acquire(file));

        assertThat(Asking.code(refusal)).isEqualTo(DiagnosisCode.CERTIFICATE_UNUSABLE);
        assertThat(refusal.diagnosis().summary()).contains(file.toString());
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void aCertificateThatEntraDoesNotKnowIsNamed() throws Exception {
        provider.refuses(401, "invalid_client", "AADSTS700027: The certificate is not registered on application.");
        KeyStoreFile file = file(KEYS.pem());

        assertThat(Asking.code(Asking.refusal(() -> acquire(file)))).isEqualTo(DiagnosisCode.CERTIFICATE_REFUSED);
        provider.onlyRequest();
    }
}

package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;

@Tag("unit")
@Timeout(60)
class KeyStoreFileTest {

    private static final TestKeys KEYS = TestKeys.rsa();
    private static final TestKeys OTHERS = TestKeys.rsa();
    private static final Optional<Secret> PASSWORD = Optional.of(Secret.of(TestKeys.PASSWORD));

    @TempDir
    private Path folder;

    private KeyStoreFile file(byte[] content, Optional<Secret> password, String alias) throws Exception {
        Path path = folder.resolve("key-file");
        Files.write(path, content);
        return new KeyStoreFile(path, password, Optional.ofNullable(alias));
    }

    private static TokenException refusal(KeyStoreFile file) {
        TokenException refusal = catchThrowableOfType(TokenException.class, file::current);
        assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.CERTIFICATE_UNUSABLE);
        assertThat(refusal.diagnosis().summary()).contains(file.toString());
        assertThat(refusal.toString()).doesNotContain(TestKeys.PASSWORD);
        return refusal;
    }

    private static String reason(KeyStoreFile file) {
        return refusal(file).diagnosis().details().get("reason");
    }

    private static void assertHolds(KeyStoreFile file, TestKeys keys) throws Exception {
        assertThat(file.current().key()).isEqualTo(keys.pair().getPrivate());
        assertThat(file.current().certificate()).isEqualTo(keys.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aKeyStoreIsRead(String type) throws Exception {
        assertHolds(file(KEYS.store(type), PASSWORD, null), KEYS);
        assertHolds(file(KEYS.store(type), PASSWORD, "mail"), KEYS);
    }

    @Test
    void pemIsRead() throws Exception {
        assertHolds(file(KEYS.pem(), Optional.empty(), null), KEYS);
    }

    @Test
    void encryptedPemIsRead() throws Exception {
        assertHolds(file(KEYS.encryptedPem(), PASSWORD, null), KEYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void keysOfCurvesAreRead(String curve) throws Exception {
        TestKeys keys = TestKeys.ec(curve);

        assertHolds(file(keys.pem(), Optional.empty(), null), keys);
        assertHolds(file(keys.store("PKCS12"), PASSWORD, null), keys);
    }

    @Test
    void theKeysOwnCertificateComesFirstWhateverTheOrder() throws Exception {
        TestKeys curve = TestKeys.ec("secp256r1");
        TestKeys authority = TestKeys.ec("secp256r1");
        byte[] content = (authority.certificatePem()
                        + KEYS.certificatePem()
                        + new String(curve.pem(), StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(file(content, Optional.empty(), null).current().chain())
                .containsExactly(curve.certificate(), authority.certificate(), KEYS.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aWrongPasswordIsNamed(String type) throws Exception {
        assertThat(reason(file(KEYS.store(type), Optional.of(Secret.of("mistyped-password")), null)))
                .contains("password")
                .doesNotContain("mistyped-password");
    }

    @Test
    void aWrongPasswordOfPemIsNamed() throws Exception {
        assertThat(reason(file(KEYS.encryptedPem(), Optional.of(Secret.of("mistyped-password")), null)))
                .contains("clientCertificatePassword is wrong");
    }

    @Test
    void aMissingPasswordOfPemIsNamed() throws Exception {
        assertThat(reason(file(KEYS.encryptedPem(), Optional.empty(), null))).contains("set clientCertificatePassword");
    }

    /** As "openssl req" encrypts a key unless it is told otherwise. */
    @Test
    void aCipherThatJavaDoesNotKnowIsNamedWithItsCure() throws Exception {
        assertThat(reason(file(KEYS.encryptedPem(PKCSObjectIdentifiers.des_EDE3_CBC), PASSWORD, null)))
                .contains("openssl pkcs8 -topk8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void ofSeveralKeysTheAliasNamesOne(String type) throws Exception {
        byte[] store = TestKeys.store(type, Map.of("mail", KEYS, "other", OTHERS));

        assertHolds(file(store, PASSWORD, "other"), OTHERS);
        assertThat(reason(file(store, PASSWORD, null))).contains("several", "mail", "other", "clientCertificateAlias");
        assertThat(reason(file(store, PASSWORD, "mistyped"))).contains("mistyped", "mail", "other");
    }

    @Test
    void aStoreOfCertificatesAloneHasNoKey() throws Exception {
        assertThat(reason(file(KEYS.trustStore("PKCS12"), PASSWORD, null))).contains("no private key");
        assertThat(reason(file(KEYS.trustStore("PKCS12"), PASSWORD, "authority")))
                .contains("no private key");
    }

    @Test
    void pemWithoutItsCertificateOrKeyIsNamed() throws Exception {
        String key = TestKeys.block("PRIVATE KEY", KEYS.pair().getPrivate().getEncoded());

        assertThat(reason(file(KEYS.certificatePem().getBytes(StandardCharsets.US_ASCII), Optional.empty(), null)))
                .contains("no private key");
        assertThat(reason(file(
                        (key + OTHERS.certificatePem()).getBytes(StandardCharsets.US_ASCII), Optional.empty(), null)))
                .contains("no certificate of the private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\n"})
    void aKeyInTheOldPemFormIsNamedWithItsCure(String headers) throws Exception {
        String old = "-----BEGIN RSA PRIVATE KEY-----\n" + headers + "MIIB\n-----END RSA PRIVATE KEY-----\n";

        assertThat(reason(file(old.getBytes(StandardCharsets.US_ASCII), Optional.empty(), null)))
                .contains("openssl pkcs8 -topk8");
    }

    @Test
    void aFileThatIsMissingOrSomethingElseIsNamed() throws Exception {
        assertThat(reason(new KeyStoreFile(folder.resolve("missing.p12"), PASSWORD, Optional.empty())))
                .contains("NoSuchFile");
        assertThat(reason(file(new byte[0], PASSWORD, null))).isNotBlank();
        assertThat(reason(file("nothing of the kind".getBytes(StandardCharsets.UTF_8), PASSWORD, null)))
                .isNotBlank();
    }

    @Test
    void anotherKeyInTheFileIsUsedAtOnce() throws Exception {
        KeyStoreFile file = file(KEYS.store("PKCS12"), PASSWORD, null);
        Secret before = file.current().fingerprint();
        Files.write(folder.resolve("key-file"), OTHERS.store("PKCS12"));

        assertHolds(file, OTHERS);
        assertThat(file.current().fingerprint()).isNotEqualTo(before);
    }

    @Test
    void anotherKindOfFileIsReadAsSuch() throws Exception {
        KeyStoreFile file = file(KEYS.store("PKCS12"), PASSWORD, null);
        assertHolds(file, KEYS);
        Files.write(folder.resolve("key-file"), OTHERS.pem());

        assertHolds(file, OTHERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "PEM"})
    void aFileCaughtWhileItIsWrittenDoesNotCount(String type) throws Exception {
        byte[] next = type.equals("PEM") ? OTHERS.pem() : OTHERS.store(type);
        KeyStoreFile file = file(type.equals("PEM") ? KEYS.pem() : KEYS.store(type), PASSWORD, null);
        assertHolds(file, KEYS);
        try (CapturedLog log = CapturedLog.of(WatchedFile.class)) {
            Files.write(folder.resolve("key-file"), Arrays.copyOf(next, next.length / 2));
            assertHolds(file, KEYS);
            assertHolds(file, KEYS);
            assertThat(log.records(Level.WARNING))
                    .singleElement()
                    .satisfies(told -> assertThat(told.getMessage()).contains("OMC-0204", file.toString()));

            Files.write(folder.resolve("key-file"), next);
            assertHolds(file, OTHERS);
        }
    }

    @Test
    void itsTextFormsShowNothingSecret() throws Exception {
        KeyStoreFile file = file(KEYS.store("PKCS12"), PASSWORD, null);

        assertThat(file.toString()).isEqualTo(folder.resolve("key-file").toString());
        assertThat(file.current().toString()).contains("CN=mail connector").doesNotContain("modulus");
    }
}

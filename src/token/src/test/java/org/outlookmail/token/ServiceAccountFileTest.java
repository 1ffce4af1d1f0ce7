package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.CapturedLog;

@Tag("unit")
@Timeout(60)
class ServiceAccountFileTest {

    @TempDir
    private Path folder;

    private static String key(String id) {
        String pem =
                TestKeys.block("PRIVATE KEY", TestKeys.rsa().pair().getPrivate().getEncoded());
        return "{\"type\":\"service_account\",\"private_key_id\":\"" + id + "\",\"private_key\":\""
                + pem.replace("\r", "").replace("\n", "\\n")
                + "\",\"client_email\":\"a@b.example\",\"client_id\":\"1\"}";
    }

    private ServiceAccountFile file(String content) throws Exception {
        Path path = folder.resolve("key.json");
        Files.writeString(path, content);
        return new ServiceAccountFile(path);
    }

    private String reason(String content) throws Exception {
        TokenException refusal = catchThrowableOfType(TokenException.class, file(content)::current);
        assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.SERVICE_ACCOUNT_KEY_UNUSABLE);
        return refusal.diagnosis().details().get("reason");
    }

    @Test
    void theTextIsKeptAsItIs() throws Exception {
        String key = key("first");

        assertThat(file(key).current()).isEqualTo(Secret.of(key));
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        assertThat(reason(key("first").replace("client_email", "clientEmail"))).contains("client_email");
        assertThat(reason(key("first").replace("\"private_key\"", "\"privateKey\"")))
                .contains("private_key");
        assertThat(reason(key("first").replace("service_account", "authorized_user")))
                .contains("service account");
        assertThat(reason("[]")).contains("JSON");
        assertThat(reason("")).contains("JSON");
    }

    @Test
    void aKeyThatIsNoneIsNamedAndNotShown() throws Exception {
        assertThat(reason(key("first").replaceAll("BEGIN PRIVATE KEY-----.....", "BEGIN PRIVATE KEY-----seen")))
                .doesNotContain("seen");
        assertThat(reason(key("first").replace("PRIVATE KEY", "PUBLIC KEY"))).contains("private key");
    }

    @Test
    void aFileCaughtWhileItIsWrittenDoesNotCount() throws Exception {
        String before = key("first");
        String next = key("next");
        ServiceAccountFile file = file(before);
        assertThat(file.current()).isEqualTo(Secret.of(before));
        try (CapturedLog log = CapturedLog.of(WatchedFile.class)) {
            Files.writeString(folder.resolve("key.json"), next.substring(0, next.length() / 2));
            assertThat(file.current()).isEqualTo(Secret.of(before));
            assertThat(file.current()).isEqualTo(Secret.of(before));
            assertThat(log.records(Level.WARNING)).hasSize(1);

            Files.writeString(folder.resolve("key.json"), next);
            assertThat(file.current()).isEqualTo(Secret.of(next));
        }
    }
}

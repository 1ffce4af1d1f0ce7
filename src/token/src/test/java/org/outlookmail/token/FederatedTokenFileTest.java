package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.testkit.CapturedLog;

@Tag("unit")
@Timeout(60)
class FederatedTokenFileTest {

    @TempDir
    private Path folder;

    private static String token(String claims) {
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return "eyJhbGciOiJSUzI1NiJ9." + payload + ".c2VlbiBieSBub2JvZHk";
    }

    private static String of(String subject) {
        return token("{\"iss\":\"https://oidc.example\",\"sub\":\"" + subject + "\"}");
    }

    private FederatedTokenFile file(String content) throws Exception {
        Path path = folder.resolve("token");
        Files.writeString(path, content);
        return new FederatedTokenFile(path);
    }

    private static TokenException refusal(FederatedTokenFile file) {
        TokenException refusal = catchThrowableOfType(TokenException.class, file::current);
        assertThat(refusal.diagnosis().code()).isEqualTo(DiagnosisCode.FEDERATED_TOKEN_UNUSABLE);
        return refusal;
    }

    @Test
    void whatThePlatformWroteIsTakenWithoutTheLineItEndsWith() throws Exception {
        assertThat(file(of("mailer") + "\n").current().reveal()).isEqualTo(of("mailer"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "hush, no signed JSON Web Token",
        "a.b, no signed JSON Web Token",
        "a.b., no signed JSON Web Token",
        "'a.b.c\nX-Header: x', no signed JSON Web Token",
        "a.b.c, names no issuer"
    })
    void whatIsNoTokenOfAnIssuerIsToldWithoutItsContent(String content, String reason) throws Exception {
        TokenException refusal = refusal(file(content));

        assertThat(refusal.diagnosis().details().get("reason")).contains(reason).doesNotContain("hush");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(refusal(new FederatedTokenFile(folder.resolve("none"))).getMessage())
                .contains(folder.resolve("none").toString());
    }

    @Test
    void anEndlessFileIsNoToken() throws Exception {
        assertThat(refusal(file("a".repeat(40_000))).diagnosis().details().get("reason"))
                .contains("longer than");
    }

    /** As Kubernetes does it: the name leads over a link to a folder that is replaced at once. */
    @Test
    void aLinkThatIsTurnedToTheNextTokenIsFollowed() throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(first.resolve("token"), of("mailer1"));
        Files.writeString(second.resolve("token"), of("mailer2"));
        Path data = Files.createSymbolicLink(folder.resolve("data"), first);
        FederatedTokenFile file = new FederatedTokenFile(data.resolve("token"));
        assertThat(file.current().reveal()).isEqualTo(of("mailer1"));

        Files.move(Files.createSymbolicLink(folder.resolve("next"), second), data, StandardCopyOption.REPLACE_EXISTING);

        assertThat(file.current().reveal()).isEqualTo(of("mailer2"));
    }

    @Test
    void aFileCaughtWhileItIsWrittenDoesNotReplaceAGoodOneAndIsToldOnce() throws Exception {
        FederatedTokenFile file = file(of("mailer"));
        file.current();
        try (CapturedLog log = CapturedLog.of(WatchedFile.class)) {
            Files.writeString(folder.resolve("token"), of("mailer").substring(0, 30));

            assertThat(file.current().reveal()).isEqualTo(of("mailer"));
            assertThat(file.current().reveal()).isEqualTo(of("mailer"));
            assertThat(log.records(Level.WARNING)).hasSize(1);
        }
    }

    @Test
    void itIsEqualByItsFileAndShowsNothingElse() throws Exception {
        FederatedTokenFile file = file(of("mailer"));
        file.current();

        assertThat(file)
                .isEqualTo(new FederatedTokenFile(folder.resolve("token")))
                .hasSameHashCodeAs(new FederatedTokenFile(folder.resolve("token")))
                .isNotEqualTo(new FederatedTokenFile(folder.resolve("other")))
                .hasToString(folder.resolve("token").toString());
    }
}

package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.wire.ServerReply;
import org.outlookmail.token.grant.EntraErrors;

/** docs/diagnoses.md is the table of {@link DiagnosisCode}, word for word. */
@Tag("unit")
class DiagnosesDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "diagnoses.md");
    private static final String ROW = "| `OMC-";

    @Test
    void theDocumentListsEveryCodeWithCauseAndCure() throws IOException {
        String rows = Arrays.stream(DiagnosisCode.values())
                .sorted(Comparator.comparing(DiagnosisCode::code))
                .map(code -> ROW + code.code().substring(4) + "` | " + code + " | " + word(code.fault()) + " | "
                        + word(code.retry()) + " | " + cell(code.likelyCause()) + " | " + cell(code.cure()) + " | "
                        + cell(seenAs(code)) + " |")
                .collect(Collectors.joining("\n"));
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("diagnoses.write")) {
            document = document.substring(0, document.indexOf(ROW))
                    + rows
                    + document.substring(document.indexOf('\n', document.lastIndexOf(ROW)));
            Files.writeString(DOCUMENT, document);
        }
        assertThat(document.lines().filter(line -> line.startsWith(ROW)).collect(Collectors.joining("\n")))
                .as("the rows of docs/diagnoses.md; CONTRIBUTING.md says how to write them")
                .isEqualTo(rows);
    }

    /** What somebody has before him who looks here for help. */
    private static String seenAs(DiagnosisCode code) {
        return Stream.concat(
                        EntraErrors.seenAs(code).stream(),
                        Arrays.stream(Reply.values())
                                .filter(reply -> reply.code == code)
                                .map(reply -> reply.text))
                .collect(Collectors.joining("; "));
    }

    /** Beginnings of replies of mail servers that lead to a code. */
    private enum Reply {
        SMTP_AUTH_OFF(
                DiagnosisCode.SMTP_AUTH_DISABLED,
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant",
                ServerReply::ofLogin),
        CRITERIA(
                DiagnosisCode.SECURITY_POLICY,
                "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated"
                        + " successfully",
                ServerReply::ofLogin),
        UNSUCCESSFUL(
                DiagnosisCode.AUTHENTICATION_REFUSED, "535 5.7.3 Authentication unsuccessful", ServerReply::ofLogin),
        IMAP_FAILED(DiagnosisCode.AUTHENTICATION_REFUSED, "NO AUTHENTICATE failed.", ServerReply::ofLogin),
        NOT_CONNECTED(
                DiagnosisCode.MAILBOX_NOT_PERMITTED,
                "BAD User is authenticated but not connected.",
                ServerReply::ofLogin),
        BASIC(
                DiagnosisCode.BASIC_NOT_SUPPORTED,
                "550 5.7.30 Basic authentication is not supported for Client Submission",
                ServerReply::ofLogin),
        UNAUTHENTICATED(
                DiagnosisCode.NOT_AUTHENTICATED,
                "530 5.7.57 Client not authenticated to send mail",
                reply -> reply.ofMessage(false)),
        UNRECOGNIZED(
                DiagnosisCode.MECHANISM_NOT_OFFERED,
                "504 5.7.4 Unrecognized authentication type",
                ServerReply::ofLogin),
        CONNECTIONS(
                DiagnosisCode.MAIL_THROTTLED,
                "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
                reply -> reply.ofMessage(false)),
        BACKOFF(
                DiagnosisCode.MAIL_THROTTLED,
                "NO Request is throttled. Suggested Backoff Time: 299961 milliseconds",
                ServerReply::ofFolder),
        SEND_AS(DiagnosisCode.SEND_AS_DENIED, "554 5.2.252 SendAsDenied", reply -> reply.ofMessage(false)),
        NOT_FOUND(
                DiagnosisCode.RECIPIENT_REFUSED,
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
                reply -> reply.ofMessage(true)),
        FULL(DiagnosisCode.MAILBOX_FULL, "552 5.2.2 Mailbox full", reply -> reply.ofMessage(false)),
        BLOCKED(
                DiagnosisCode.SENDER_BLOCKED,
                "550 5.1.8 Access denied, bad outbound sender",
                reply -> reply.ofMessage(false)),
        TOO_LARGE(
                DiagnosisCode.MESSAGE_TOO_LARGE,
                "552 5.3.4 Message size exceeds fixed maximum message size",
                reply -> reply.ofMessage(false)),
        RELAY(
                DiagnosisCode.RELAY_REFUSED,
                "550 5.7.64 TenantAttribution; Relay Access Denied",
                reply -> reply.wantsLogin() ? DiagnosisCode.RELAY_REFUSED : null);

        private final DiagnosisCode code;
        private final String text;

        @SuppressWarnings("ImmutableEnumChecker") // A lambda of this enum, without state.
        private final Function<ServerReply, DiagnosisCode> meaning;

        Reply(DiagnosisCode code, String text, Function<ServerReply, DiagnosisCode> meaning) {
            this.code = code;
            this.text = text;
            this.meaning = meaning;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplyInTheDocumentMeansWhatItSays(Reply reply) {
        assertThat(reply.meaning.apply(ServerReply.of(reply.text))).isEqualTo(reply.code);
    }

    /** Who saw a number of Entra's finds it. */
    @Test
    void theDocumentNamesEntrasNumbers() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("AADSTS7000215", "AADSTS7000222", "AADSTS53003", "AADSTS65001");
    }

    @Test
    void noCodeIsUsedTwice() {
        assertThat(Arrays.stream(DiagnosisCode.values()).map(DiagnosisCode::code))
                .doesNotHaveDuplicates();
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
    }
}

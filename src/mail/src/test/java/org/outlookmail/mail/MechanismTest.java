package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.secret.Secret;
import org.outlookmail.testkit.TestBox;

/** What is shown to a server that does not offer the way to log in that is configured: nothing. */
@Tag("unit")
@ExtendWith(TestBox.class)
class MechanismTest {

    private static final String PASSWORD = "a-made-up-password";

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private RecordingServer server;

    @AfterEach
    void stop() throws Exception {
        connector.close();
        server.close();
    }

    private MailConnection to(String protocol, Authentication authentication) {
        boolean sends = protocol.startsWith("smtp");
        return connector.connection(MailAccount.of(
                NOREPLY,
                sends ? server.server(protocol) : TestAccounts.server("smtp"),
                sends ? TestAccounts.server("imaps") : server.server(protocol),
                new MailRoute(PATIENT, Proxy.NO_PROXY, server.trust()),
                authentication,
                Map.of()));
    }

    private Diagnosis refusal(String protocol, Authentication authentication) {
        MailConnection connection = to(protocol, authentication);
        return diagnosisOf(() -> {
            if (protocol.startsWith("smtp")) {
                connection.send(Messages.text(subject(), ORDERS));
            } else {
                connection.openFolder("INBOX", Folder.READ_ONLY);
            }
        });
    }

    private static Authentication token() {
        return new Authentication.Token(TestAccounts.tokenRequest());
    }

    private static Authentication password() {
        return new Authentication.Password(NOREPLY, Secret.of(PASSWORD));
    }

    private void assertNothingSecretWasSaid() throws Exception {
        String token =
                connector.tokens.source().token(TestAccounts.tokenRequest()).value();
        assertThat(server.heard()).isNotEmpty().allSatisfy(line -> {
            assertThat(line).doesNotContain(token).doesNotContain(PASSWORD);
            for (String word : line.split(" ", -1)) {
                assertThat(decoded(word)).doesNotContain(token).doesNotContain(PASSWORD);
            }
        });
    }

    private static String decoded(String word) {
        try {
            return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }

    private static RecordingServer imap(String capabilities) {
        String[] authenticating = new String[1];
        return new RecordingServer((line, wire) -> {
            String tag = line.contains(" ") ? line.replaceFirst(" .*", "") : authenticating[0];
            if (line.isEmpty()) {
                wire.say("* OK ready");
            } else if (line.contains("CAPABILITY")) {
                wire.say("* CAPABILITY IMAP4rev1 " + capabilities + "\r\n" + tag + " OK done");
            } else if (line.contains("AUTHENTICATE PLAIN")) {
                authenticating[0] = tag;
                wire.say("+ ");
            } else {
                wire.say(tag + " OK done");
            }
        });
    }

    private static RecordingServer pop3(String capabilities) {
        return new RecordingServer((line, wire) -> {
            if (line.equals("CAPA")) {
                wire.say(capabilities.isEmpty() ? "-ERR unknown" : "+OK\r\n" + capabilities + "\r\n.");
            } else {
                wire.say("+OK");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH=PLAIN, AUTH=PLAIN",
        "LOGINDISABLED, LOGINDISABLED",
        "IDLE, no login",
        "AUTH=LOGIN AUTH=XOAUTH, AUTH=LOGIN"
    })
    void anImapServerThatDoesNotOfferXoauth2IsNotShownTheToken(String capabilities, String offered) throws Exception {
        server = imap(capabilities);
        Diagnosis diagnosis = refusal("imaps", token());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MECHANISM_NOT_OFFERED);
        assertThat(diagnosis.details().get("offered")).contains(offered);
        assertThat(diagnosis.summary()).contains("XOAUTH2");
        assertThat(server.heard()).noneMatch(line -> line.contains("LOGIN") || line.contains("AUTHENTICATE"));
        assertNothingSecretWasSaid();
        assertThat(server.connections()).isEqualTo(1);
        assertThat(box.state().entra().tokenRequests()).as("kept").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"SASL PLAIN LOGIN, PLAIN LOGIN", "USER, no login", "'', no login"})
    void aPop3ServerThatDoesNotOfferXoauth2IsNotShownTheToken(String capabilities, String offered) throws Exception {
        server = pop3(capabilities);
        Diagnosis diagnosis = refusal("pop3s", token());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MECHANISM_NOT_OFFERED);
        assertThat(diagnosis.details()).containsEntry("offered", offered);
        assertThat(server.heard("AUTH") + server.heard("USER") + server.heard("PASS"))
                .isZero();
        assertNothingSecretWasSaid();
        assertThat(box.state().entra().tokenRequests()).as("kept").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"'\r\n250-AUTH LOGIN PLAIN', LOGIN PLAIN", "'\r\n250-AUTH', no login", "'\r\n250-AUTH=LOGIN', no login"
    })
    void anSmtpServerThatDoesNotOfferXoauth2IsNotShownTheToken(String auth, String offered) throws Exception {
        server = new RecordingServer(RecordingServer.smtp(auth, (line, wire) -> {}));
        Diagnosis diagnosis = refusal("smtps", token());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MECHANISM_NOT_OFFERED);
        assertThat(diagnosis.details()).containsEntry("offered", offered);
        assertThat(server.heard("AUTH")).isZero();
        assertNothingSecretWasSaid();
        assertThat(box.state().entra().tokenRequests()).as("kept").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anSmtpServerThatOffersNoLoginGetsNoMessageWithoutOne(boolean withToken) throws Exception {
        server = new RecordingServer(RecordingServer.smtp("", (line, wire) -> {}));
        Diagnosis diagnosis = refusal("smtps", withToken ? token() : password());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MECHANISM_NOT_OFFERED);
        assertThat(diagnosis.details()).containsEntry("offered", "no login");
        assertThat(server.heard("MAIL")).isZero();
        assertNothingSecretWasSaid();
    }

    @Test
    void anSmtpServerThatKnowsNoEhloGetsNoMessageWithoutALogin() throws Exception {
        server = new RecordingServer((line, wire) -> wire.say(
                line.isEmpty() ? "220 old.contoso.com" : line.startsWith("EHLO") ? "502 Not implemented" : "250 OK"));
        Diagnosis diagnosis = refusal("smtps", token());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MECHANISM_NOT_OFFERED);
        assertThat(diagnosis.details()).containsEntry("reply", "502 Not implemented");
        assertThat(server.heard("MAIL")).isZero();
        assertNothingSecretWasSaid();
    }

    /** It offers XOAUTH2 and does not know it: the token has been shown, and is good. */
    @Test
    void anSmtpServerThatDoesNotKnowWhatItOffersKeepsTheToken() {
        server = new RecordingServer(RecordingServer.smtp("\r\n250-AUTH XOAUTH2", (line, wire) -> {
            if (line.startsWith("AUTH")) {
                wire.say("504 5.7.4 Unrecognized authentication type");
                wire.hangUp();
            }
        }));
        Diagnosis diagnosis = refusal("smtps", token());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MECHANISM_NOT_OFFERED);
        assertThat(diagnosis.details()).containsEntry("reply", "504 5.7.4 Unrecognized authentication type");
        assertThat(server.heard("AUTH")).isEqualTo(1);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"smtps, '\r\n250-AUTH XOAUTH2 CRAM-MD5 NTLM'", "imaps, AUTH=XOAUTH2 AUTH=NTLM LOGINDISABLED"})
    void aPasswordGoesByPlainOrLoginAndNoOtherWay(String protocol, String offer) throws Exception {
        server = protocol.equals("smtps")
                ? new RecordingServer(RecordingServer.smtp(offer, (line, wire) -> {}))
                : imap(offer);
        Diagnosis diagnosis = refusal(protocol, password());
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MECHANISM_NOT_OFFERED);
        assertThat(diagnosis.summary()).contains("PLAIN or LOGIN");
        assertThat(diagnosis.details().get("offered")).contains("XOAUTH2");
        assertNothingSecretWasSaid();
    }

    @ParameterizedTest
    @CsvSource({"AUTH=PLAIN, AUTHENTICATE PLAIN", "IDLE, LOGIN " + NOREPLY})
    void aPasswordStillOpensAnImapMailbox(String capabilities, String said) throws Exception {
        server = imap(capabilities);
        to("imaps", password()).store();
        assertThat(server.heard()).anyMatch(line -> line.contains(said));
    }
}

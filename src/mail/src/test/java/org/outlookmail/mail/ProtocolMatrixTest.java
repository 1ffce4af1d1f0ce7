package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.mail.TestAccounts.PATIENT;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.TestBox.SHARED;
import static org.outlookmail.testkit.TestBox.USER;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.TokenRequest;

/** Each of the seven protocols with an application's token and with a user's, in every mixture. Rows K2, M1, M2 and N7. */
@Tag("unit")
@ExtendWith(TestBox.class)
class ProtocolMatrixTest {

    /** Nobody else deletes what is in here. */
    private static final String ARCHIVE = "archive@contoso.com";

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    static Stream<Arguments> matrix() {
        return Stream.of(ARCHIVE, USER)
                .flatMap(mailbox -> Stream.of("smtp", "smtps", "graph")
                        .flatMap(transport -> Stream.of("imap", "imaps", "pop3", "pop3s", "graph")
                                .map(store -> Arguments.of(mailbox, transport, store))));
    }

    private MailConnection connection(String mailbox, String transport, String store, TokenRequest token) {
        return connector.connection(MailAccount.of(
                mailbox,
                TestAccounts.server(transport),
                TestAccounts.server(store),
                MailRoute.direct(PATIENT),
                new Authentication.Token(token),
                Map.of()));
    }

    private MailConnection connection(String mailbox, String transport, String store) {
        return connector.connection(TestAccounts.mixed(mailbox, transport, store));
    }

    private static List<String> subjects(MailConnection connection) throws MessagingException {
        try (Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY)) {
            return Arrays.stream(inbox.getMessages())
                    .map(ProtocolMatrixTest::subjectOf)
                    .toList();
        }
    }

    private static String subjectOf(Message message) {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest(name = "{0} sends by {1} and reads by {2}")
    @MethodSource("matrix")
    void aMailIsSentAndReadBack(String mailbox, String transport, String store) throws Exception {
        MailConnection connection = connection(mailbox, transport, store);
        String first = subject();
        String second = subject();

        connection.send(Messages.text(first, mailbox));
        assertThat(subjects(connection)).contains(first).doesNotContain(second);
        connection.send(Messages.text(second, mailbox));
        assertThat(subjects(connection)).contains(first, second);

        boolean out = transport.equals("graph");
        boolean in = store.equals("graph");
        assertThat(box.state().smtp().authentications()).isEqualTo(out ? 0 : 1);
        assertThat(box.state().graph().requests() > 0).isEqualTo(out || in);
        assertThat(box.state().entra().tokenRequests()).isEqualTo(out == in ? 1 : 2);
        assertThat(box.messages(mailbox, "Sent Items"))
                .filteredOn(
                        each -> each.subject().equals(first) || each.subject().equals(second))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"smtp, imap", "smtp, imaps", "smtp, pop3", "smtp, pop3s", "smtp, graph", "graph, imaps", "graph, graph"
    })
    void aUserReadsAndSendsForASharedMailbox(String transport, String store) throws Exception {
        MailConnection connection = connection(SHARED, transport, store);
        String subject = subject();

        connection.send(Messages.text(subject, SHARED));
        assertThat(subjects(connection)).contains(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "smtps", "imap", "imaps", "pop3", "pop3s"})
    void aLoginWithoutARightIsRefusedAndExplained(String protocol) {
        boolean sends = protocol.startsWith("smtp");
        MailConnection connection =
                connection(SHARED, sends ? protocol : "smtp", sends ? "imaps" : protocol, TestAccounts.tokenRequest());

        Diagnosis diagnosis = diagnosisOf(() -> {
            if (sends) {
                connection.introduction();
            } else {
                connection.openFolder("INBOX", Folder.READ_ONLY);
            }
        });
        assertThat(diagnosis.code()).isIn(DiagnosisCode.AUTHENTICATION_REFUSED, DiagnosisCode.MAILBOX_NOT_PERMITTED);
        assertThat(diagnosis.details()).containsKeys("token.aud", "token.roles").containsEntry("mailbox", SHARED);
        assertThat(diagnosis.details().get("server")).startsWith(protocol + "://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s", "graph"})
    void aForgottenFolderIsClosedWhenTheConnectionIsReleased(String store) throws Exception {
        MailConnection connection = connection(ARCHIVE, "smtp", store);
        Folder forgotten = connection.openFolder("INBOX", Folder.READ_ONLY);

        assertThat(connection.release()).containsExactly("INBOX");
        assertThat(forgotten.isOpen()).isFalse();
        assertThat(subjects(connection)).isNotNull();
    }

    @Test
    void pop3HasNoOtherFolderThanTheInbox() {
        MailConnection connection = connection(ARCHIVE, "smtp", "pop3s");

        assertThat(diagnosisOf(() -> connection.openFolder("Archive", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.FOLDER_FAILURE);
    }

    /** Gmail's way, and Dovecot's: a challenge in base64 first, the refusal after the client's empty line. */
    @ParameterizedTest
    @ValueSource(strings = {"smtp", "imaps", "pop3s"})
    void aRefusalByChallengeIsARefusal(String protocol) {
        try (Sandbox gmail =
                Sandbox.builder().randomPorts().challengeOnRefusal(true).start()) {
            int port = switch (protocol) {
                case "smtp" -> gmail.smtpPort();
                case "imaps" -> gmail.imapsPort();
                default -> gmail.pop3sPort();
            };
            MailServer challenging = new MailServer(protocol, "localhost", port);
            boolean sends = protocol.equals("smtp");
            MailConnection connection = connector.connection(MailAccount.of(
                    ARCHIVE,
                    sends ? challenging : TestAccounts.server("smtp"),
                    sends ? TestAccounts.server("imaps") : challenging,
                    new MailRoute(
                            new MailTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20)),
                            java.net.Proxy.NO_PROXY,
                            TestAccounts.trustOf(gmail)),
                    // A token of the one box, which the other did not issue
                    new Authentication.Token(TestAccounts.tokenRequest()),
                    Map.of()));

            assertThat(diagnosisOf(() -> {
                                if (sends) {
                                    connection.introduction();
                                } else {
                                    connection.openFolder("INBOX", Folder.READ_ONLY);
                                }
                            })
                            .code())
                    .isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        }
    }
}

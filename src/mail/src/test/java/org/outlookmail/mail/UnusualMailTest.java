package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.search.SubjectTerm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** Mail that arrives as it should not be, and searches that the server does not take: all of it can be read. */
@Tag("unit")
@ExtendWith(TestBox.class)
class UnusualMailTest {

    private final Sandbox box = TestBox.box();
    private final Connector connector = new Connector();
    private final String subject = subject();

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private interface Use {
        void of(Folder inbox) throws Exception;
    }

    private void read(Use use) throws Exception {
        MailConnection connection = connector.connection(TestAccounts.account(NOREPLY));
        try (Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY)) {
            use.of(inbox);
        }
    }

    private void deliver(String header) {
        box.deliver(
                NOREPLY, (header + "\r\nSubject: " + subject + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Message last(Folder inbox) throws Exception {
        Message last = inbox.getMessage(inbox.getMessageCount());
        FetchProfile envelope = new FetchProfile();
        envelope.add(FetchProfile.Item.ENVELOPE);
        inbox.fetch(new Message[] {last}, envelope);
        return last;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: root",
                "From: a..b@example.org",
                "From: .a@example.org",
                "From: a@exam_ple.org",
                "From: Ann <ann@@example.org>",
                "To: undisclosed-recipients:;",
                "To: list: a..b@example.org, c@example.org;",
                "From: <>"
            })
    void anAddressThatIsNoneHidesNoMessage(String header) throws Exception {
        deliver(header);
        read(inbox -> {
            Message message = last(inbox);
            assertThat(message.getSubject()).isEqualTo(subject);
            assertThat(message.getFrom() == null ? message.getAllRecipients() : message.getFrom())
                    .hasSize(1);
        });
    }

    /** Dovecot names a domain that is missing so, which is no domain. */
    @Test
    void whatAServerWritesForAMissingDomainHidesNoMessage() throws Exception {
        deliver("From: root");
        read(inbox -> {
            int number = inbox.getMessageCount();
            box.faults(new FaultPlan()
                    .imap(
                            "FETCH",
                            "reply",
                            "* " + number + " FETCH (ENVELOPE (NIL \"" + subject
                                    + "\" ((NIL NIL \"root\" \"MISSING_DOMAIN\")) NIL NIL NIL NIL NIL NIL NIL))\r\nOK done",
                            1));
            Message message = last(inbox);
            assertThat(message.getSubject()).isEqualTo(subject);
            assertThat(message.getFrom()[0]).hasToString("root@MISSING_DOMAIN");
        });
    }

    @Test
    void aSearchBeyondAsciiFindsWhatTheServerDoesNotSearchFor() throws Exception {
        box.deliver(
                NOREPLY,
                ("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= " + subject + "\r\n\r\nHello\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        deliver("From: root");
        read(inbox -> {
            Message[] found = inbox.search(new SubjectTerm("grüße " + subject));
            assertThat(found).hasSize(1);
            assertThat(Arrays.asList(inbox.search(new SubjectTerm(subject)))).hasSize(2);
        });
    }
}

package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.outlookmail.connector.Messages.message;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.testkit.TestBox;

/** An exception as somebody finds it in a log, with its causes. */
@Tag("unit")
@ExtendWith(TestBox.class)
class PrintedExceptionTest {

    private Server server;
    private MailManagedConnectionFactory managed;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        managed = server.configured(new MailManagedConnectionFactory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertPrintedOnce(ThrowingCallable work) {
        Throwable failure = catchThrowable(work);
        StringWriter printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed, true));
        Diagnosis diagnosis = Diagnosis.of(failure).orElseThrow();
        assertThat(printed.toString().split(java.util.regex.Pattern.quote(diagnosis.cure()), -1))
                .as(printed.toString())
                .hasSize(2);
        assertThat(failure.toString()).contains(diagnosis.toString());
    }

    private OutlookMailSession borrowed() throws Exception {
        return ((OutlookMailSessionFactory) managed.createConnectionFactory(server)).getConnection();
    }

    @Test
    void aRefusedTokenFreshAndRemembered() throws Exception {
        managed.setClientSecret("wrong");
        try (OutlookMailSession session = borrowed()) {
            assertPrintedOnce(() -> session.send(message(session.mailSession(), subject())));
            assertPrintedOnce(() -> session.send(message(session.mailSession(), subject())));
        }
    }

    @Test
    void aFolderThatIsNotThere() throws Exception {
        try (OutlookMailSession session = borrowed()) {
            assertPrintedOnce(() -> session.openFolder("Nowhere", Folder.READ_ONLY));
        }
    }

    @Test
    void aFolderThatWasTakenBack() throws Exception {
        Folder folder;
        try (OutlookMailSession session = borrowed()) {
            folder = session.openFolder("INBOX", Folder.READ_ONLY);
        }
        assertPrintedOnce(folder::getMessages);
    }

    @Test
    void aConfigurationThatIsIncomplete() {
        managed.setMailbox(null);
        assertPrintedOnce(() -> borrowed().close());
    }

    @Test
    void aMessageThatIsRefused() throws Exception {
        try (OutlookMailSession session = borrowed()) {
            MimeMessage message = message(session.mailSession(), subject());
            message.setRecipients(Message.RecipientType.TO, "nobody@contoso.com");
            assertPrintedOnce(() -> session.send(message));
        }
    }
}

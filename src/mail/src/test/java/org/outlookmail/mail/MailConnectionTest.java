package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.Failures.allTextOf;
import static org.outlookmail.testkit.Failures.diagnosisOf;
import static org.outlookmail.testkit.Failures.failureOf;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Address;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;
import org.outlookmail.token.AccessToken;

/** Sending and reading over one connection, and what one refused message does to it: nothing. */
@Tag("unit")
@ExtendWith(TestBox.class)
class MailConnectionTest {

    private final Sandbox box = TestBox.box();
    private Connector connector;
    private MailConnection connection;

    @BeforeEach
    void connect() {
        connector = new Connector();
        connection = connector.connection(TestAccounts.account(NOREPLY));
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    @Test
    void nothingGoesOverTheNetworkBeforeTheFirstUse() {
        assertThat(connection.mailbox()).isEqualTo(NOREPLY);
        assertThat(connection.release()).isEmpty();
        connection.close();
        assertThat(box.state().entra().tokenRequests()).isZero();
        assertThat(box.state().smtp().connections()).isZero();
        assertThat(box.state().imap().connections()).isZero();
    }

    @Test
    void aMessageIsSentAndReadBack() throws Exception {
        String subject = subject();
        connection.send(Messages.text(subject, NOREPLY));
        try (Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY)) {
            Message[] found = Arrays.stream(inbox.getMessages())
                    .filter(message -> subjectOf(message).equals(subject))
                    .toArray(Message[]::new);
            assertThat(found).hasSize(1);
            assertThat(found[0].getContent()).isEqualTo("Hello\r\n.\r\nworld\r\n");
        }
    }

    private static String subjectOf(Message message) {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void manyMailsOverOneConnectionCostOneTokenAndOneLogin() throws Exception {
        for (int count = 0; count < 20; count++) {
            connection.send(Messages.text(subject(), ORDERS));
        }
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        assertThat(box.state().smtp().connections()).isEqualTo(1);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
        assertThat(box.state().smtp().messages()).isEqualTo(20);
    }

    @Test
    void readingUsesTheTokenThatSendingHasFetched() throws Exception {
        connection.send(Messages.text(subject(), ORDERS));
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
        assertThat(box.state().entra().tokenRequests()).isEqualTo(1);
        assertThat(box.state().imap().authentications()).isEqualTo(1);
    }

    @Test
    void aMissingFromBecomesTheMailbox() throws Exception {
        String first = subject();
        connection.send(Messages.text(first, ORDERS));
        String second = subject();
        connection.send(Messages.text(second, ORDERS), addresses(ORDERS));
        assertThat(TestBox.message(ORDERS, first).mimeMessage().getFrom()).containsExactly(addresses(NOREPLY));
        assertThat(TestBox.message(ORDERS, second).mimeMessage().getFrom()).containsExactly(addresses(NOREPLY));
    }

    @Test
    void theRecipientsGivenDecideAndNotTheHeaders() throws Exception {
        String subject = subject();
        MimeMessage message = Messages.text(subject, ORDERS);
        message.saveChanges();
        connection.send(message, addresses(SUPPORT));
        assertThat(received(SUPPORT, subject)).isEqualTo(1);
        assertThat(received(ORDERS, subject)).isZero();
    }

    @Test
    void aMessageWithoutRecipientsIsIncompleteAndCostsNoLogin() throws Exception {
        MimeMessage message = Messages.text("To nobody");
        assertThat(diagnosisOf(() -> connection.send(message))).satisfies(diagnosis -> {
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
            assertThat(diagnosis.details()).containsEntry("subject", "To nobody");
        });
        assertThat(diagnosisOf(() -> connection.send(message, new Address[0])).code())
                .isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertThat(diagnosisOf(() -> connection.send(message, null)).code())
                .isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertThat(box.state().smtp().connections()).isZero();
    }

    @Test
    void aMessageWhoseAddressesCannotBeReadIsIncomplete() throws Exception {
        MimeMessage message = Messages.text(subject(), ORDERS);
        message.setHeader("From", "<<noreply@contoso.com");
        Throwable failure = failureOf(() -> connection.send(message));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertThat(failure).hasCauseInstanceOf(AddressException.class);
    }

    @Test
    void anAddressThatWouldSmuggleACommandIsTheMessagesFaultAndNotTheConnections() throws Exception {
        String subject = subject();
        InternetAddress smuggler = new InternetAddress();
        smuggler.setAddress("orders@contoso.com>\r\nRCPT TO:<support@contoso.com");
        MimeMessage message = Messages.text(subject, ORDERS);
        message.saveChanges();
        assertThat(diagnosisOf(() -> connection.send(message, new Address[] {smuggler}))
                        .code())
                .isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertThat(received(SUPPORT, subject)).isZero();
    }

    @Test
    void anUnknownRecipientIsNamedAndNobodyElseGetsTheMessage() throws Exception {
        String subject = subject();
        Throwable failure = failureOf(() -> connection.send(Messages.text(subject, ORDERS, "nobody@contoso.com")));
        Diagnosis diagnosis = Diagnosis.of(failure).orElseThrow();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.RECIPIENT_REFUSED);
        assertThat(diagnosis.details())
                .containsEntry("refusedRecipients", "nobody@contoso.com")
                .containsEntry("subject", subject)
                .hasEntrySatisfying(
                        "reply",
                        reply -> assertThat(reply).startsWith("550 5.1.10").doesNotContain("\n"));
        assertThat(failure).isInstanceOfSatisfying(SendFailedException.class, refused -> {
            assertThat(refused.getInvalidAddresses()).containsExactly(addresses("nobody@contoso.com"));
            assertThat(refused.getValidUnsentAddresses()).containsExactly(addresses(ORDERS));
            assertThat(refused.getValidSentAddresses()).isEmpty();
        });
        assertThat(received(ORDERS, subject)).isZero();
        assertTheConnectionStillWorksWithItsFirstLogin();
    }

    @Test
    void aSenderWhomTheMailboxMayNotUseIsRefused() throws Exception {
        String subject = subject();
        MimeMessage message = Messages.text(subject, ORDERS);
        message.setFrom(SUPPORT);
        Diagnosis diagnosis = diagnosisOf(() -> connection.send(message));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.SEND_AS_DENIED);
        assertThat(diagnosis.details())
                .containsEntry("from", SUPPORT)
                .hasEntrySatisfying("reply", reply -> assertThat(reply).startsWith("554 5.2.252"));
        assertThat(received(ORDERS, subject)).isZero();
        assertTheConnectionStillWorksWithItsFirstLogin();
    }

    private void assertTheConnectionStillWorksWithItsFirstLogin() throws Exception {
        String subject = subject();
        connection.send(Messages.text(subject, ORDERS));
        assertThat(received(ORDERS, subject)).isEqualTo(1);
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
    }

    @Test
    void aMailboxThatTheApplicationMayNotUseIsToldWithTheClaimsOfTheTokenButWithoutTheToken() throws Exception {
        MailConnection wrong = connector.connection(TestAccounts.account("nobody@contoso.com"));
        AccessToken first = connector.tokens.source().token(TestAccounts.tokenRequest());
        Throwable failure = failureOf(() -> wrong.send(Messages.text(subject(), ORDERS)));
        Diagnosis diagnosis = Diagnosis.of(failure).orElseThrow();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(diagnosis.summary()).contains("nobody@contoso.com").contains("smtp://localhost:");
        assertThat(diagnosis.details())
                .containsEntry("token.aud", "https://outlook.office365.com")
                .containsEntry("token.tid", box.tenantId())
                .containsEntry("token.appid", box.clientId())
                .containsKeys("token.roles", "token.exp", "elapsedMillis")
                .hasEntrySatisfying("reply", reply -> assertThat(reply).startsWith("535 5.7.3"));
        AccessToken second = connector.tokens.source().token(TestAccounts.tokenRequest());
        assertThat(allTextOf(failure))
                .contains("token.roles")
                .doesNotContain(first.value())
                .doesNotContain(second.value())
                .doesNotContain("Bearer")
                .doesNotContain("eyJ");
    }

    @Test
    void aMailboxThatMayNotBeReadIsToldToo() {
        MailConnection wrong = connector.connection(TestAccounts.account("nobody@contoso.com"));
        Diagnosis diagnosis = diagnosisOf(() -> wrong.openFolder("INBOX", Folder.READ_ONLY));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAILBOX_NOT_PERMITTED);
        assertThat(diagnosis.details()).containsKey("token.roles").containsEntry("folder", "INBOX");
    }

    @Test
    void anUnknownFolderIsToldAndLeavesTheOthersOpen() throws Exception {
        try (Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY)) {
            assertThat(diagnosisOf(() -> connection.openFolder("No such folder", Folder.READ_ONLY)))
                    .satisfies(diagnosis -> {
                        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.FOLDER_FAILURE);
                        assertThat(diagnosis.details())
                                .containsEntry("folder", "No such folder")
                                .containsEntry("mailbox", NOREPLY);
                    });
            assertThat(inbox.isOpen()).isTrue();
            assertThat(inbox.getMessageCount()).isNotNegative();
        }
    }

    @Test
    void aFolderThatTheServerRefusesForAMomentKeepsTheLogin() throws Exception {
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
        box.faults(new FaultPlan()
                .imap("SELECT", "reply", "NO Request is throttled. Suggested Backoff Time: 299904 milliseconds", 1));
        assertThat(diagnosisOf(() -> connection.openFolder("INBOX", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.MAIL_THROTTLED);
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
        assertThat(box.state().imap().authentications()).isEqualTo(1);
    }

    @Test
    void foldersLeftOpenAreClosedWhenTheConnectionIsReleasedAndTheLoginStays() throws Exception {
        Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
        Folder sent = connection.store().getFolder("Sent Items");
        sent.open(Folder.READ_ONLY);
        assertThat(connection.release()).containsExactlyInAnyOrder("INBOX", "Sent Items");
        assertThat(inbox.isOpen()).isFalse();
        assertThat(sent.isOpen()).isFalse();
        assertThat(connection.release()).isEmpty();
        long logins = box.state().imap().authentications();
        connection.openFolder("INBOX", Folder.READ_ONLY).close();
        assertThat(box.state().imap().authentications()).isEqualTo(logins);
    }

    @Test
    void whoeverUsesAFolderThatWasClosedForHimIsToldThat() throws Exception {
        Folder released = connection.openFolder("INBOX", Folder.READ_ONLY);
        connection.release();
        assertTakenBack(released);
        Folder destroyed = connection.openFolder("INBOX", Folder.READ_ONLY);
        connection.close();
        assertTakenBack(destroyed);
    }

    private static void assertTakenBack(Folder folder) {
        for (ThrowingCallable use :
                List.<ThrowingCallable>of(folder::getMessages, () -> folder.getMessage(1), folder::close)) {
            Throwable failure = failureOf(use);
            assertThat(failure).isInstanceOf(FolderClosedException.class).hasMessageContaining("INBOX");
            assertThat(Diagnosis.of(failure).orElseThrow().code()).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        }
    }

    @Test
    void aFolderThatTheApplicationClosedItselfFailsAsJakartaMailHasIt() throws Exception {
        Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY);
        inbox.close();
        connection.release();
        assertThatIllegalStateException().isThrownBy(inbox::getMessages);
        inbox.open(Folder.READ_ONLY);
        connection.release();
        assertTakenBack(inbox);
        inbox.open(Folder.READ_ONLY);
        assertThat(inbox.getMessageCount()).isNotNegative();
        inbox.close();
        assertThatIllegalStateException().isThrownBy(inbox::getMessages);
    }

    @Test
    void aMessageMarkedDeletedInAForgottenFolderIsNotExpunged() throws Exception {
        String subject = subject();
        connection.send(Messages.text(subject, NOREPLY));
        Folder inbox = connection.openFolder("INBOX", Folder.READ_WRITE);
        inbox.getMessage(inbox.getMessageCount()).setFlag(Flags.Flag.DELETED, true);
        connection.release();
        assertThat(received(NOREPLY, subject)).isEqualTo(1);
    }

    @Test
    void theGreetingIsAskedForByLoggingIn() throws Exception {
        assertThat(connection.introduction()).startsWith("SANDBOX.PROD.OUTLOOK.INVALID Microsoft ESMTP MAIL Service");
        assertThat(box.state().smtp().authentications()).isEqualTo(1);
        assertThat(connector.connection(TestAccounts.account("nobody@contoso.com")))
                .satisfies(wrong -> assertThat(diagnosisOf(wrong::introduction).code())
                        .isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED));
    }

    @Test
    void aClosedConnectionIsLoggedOutAndNeverLogsInAgain() throws Exception {
        connection.send(Messages.text(subject(), ORDERS));
        connection.openFolder("INBOX", Folder.READ_ONLY);
        connection.close();
        await().untilAsserted(() -> {
            assertThat(box.state().smtp().open()).isZero();
            assertThat(box.state().imap().open()).isZero();
        });
        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                        .code())
                .isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        assertThat(diagnosisOf(() -> connection.openFolder("INBOX", Folder.READ_ONLY))
                        .code())
                .isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        assertThat(box.state().smtp().connections()).isEqualTo(1);
    }

    /** Servers destroy connections in use, when they restart the adapter. */
    @Test
    void aMessageOnItsWayArrivesBeforeItsConnectionIsClosed() throws Exception {
        connection.send(Messages.text(subject(), ORDERS));
        CountDownLatch halfway = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        String subject = subject();
        Message message = Messages.failing(subject, ORDERS, () -> {
            halfway.countDown();
            await().until(() -> goOn.await(1, TimeUnit.MINUTES));
        });
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                connection.send(message);
            } catch (MessagingException failed) {
                throw new CompletionException(failed);
            }
        });
        assertThat(halfway.await(1, TimeUnit.MINUTES)).isTrue();
        Thread closing = new Thread(connection::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        sent.get(1, TimeUnit.MINUTES);
        closing.join(Duration.ofMinutes(1).toMillis());
        assertThat(received(ORDERS, subject)).isOne();
        await().untilAsserted(() -> assertThat(box.state().smtp().open()).isZero());
        assertThat(diagnosisOf(() -> connection.send(Messages.text(subject(), ORDERS)))
                        .code())
                .isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
    }

    @Test
    void whoOpensAFolderWhileTheConnectionIsClosedIsToldThatAndNotThatTheServerFailed() {
        Duration patience = Duration.ofSeconds(5);
        MailConnection stalled = connector.connection(TestAccounts.account(
                NOREPLY, box.smtpPort(), box.imapsPort(), new MailTimeouts(patience, patience, patience)));
        box.faults(new FaultPlan().imap("SELECT", "stall", "", 1));
        CompletableFuture<DiagnosisCode> reader = CompletableFuture.supplyAsync(() ->
                diagnosisOf(() -> stalled.openFolder("INBOX", Folder.READ_ONLY)).code());
        await().until(() -> box.state().imap().authentications() == 1);
        stalled.close();
        assertThat(reader).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(DiagnosisCode.SESSION_TAKEN_BACK);
        assertThat(box.state().imap().authentications()).isEqualTo(1);
    }

    private static Address[] addresses(String address) {
        try {
            return InternetAddress.parse(address);
        } catch (AddressException malformed) {
            throw new AssertionError(malformed);
        }
    }
}

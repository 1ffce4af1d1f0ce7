package org.outlookmail.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.ORDERS;
import static org.outlookmail.testkit.TestBox.SUPPORT;
import static org.outlookmail.testkit.TestBox.received;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** What is done with a message that was read: answered, forwarded, copied. It belongs to the session that it was read with. */
@Tag("unit")
@ExtendWith(TestBox.class)
class ReadMessageTest {

    private final Sandbox box = TestBox.box();
    private final String subject = subject();
    private final Session session = new KalistoSession(box).session();

    @FunctionalInterface
    private interface Use {
        void of(MimeMessage message) throws Exception;
    }

    private void read(String protocol, String wanted, Use use) throws Exception {
        try (Store store = session.getStore(protocol)) {
            store.connect();
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                MimeMessage found = (MimeMessage) Arrays.stream(inbox.getMessages())
                        .filter(message -> wanted.equals(subjectOf(message)))
                        .findAny()
                        .orElseThrow();
                assertThat(found.getFolder()).isSameAs(inbox);
                assertThat(found.getSession()).isSameAs(session);
                use.of(found);
            }
        }
    }

    private static String subjectOf(Message message) {
        try {
            return message.getSubject();
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** From orders to the mailbox and to support. */
    private MimeMessage original() throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(NOREPLY);
        message.setReplyTo(InternetAddress.parse(ORDERS));
        message.setRecipients(Message.RecipientType.TO, "No Reply <NoReply@contoso.com>, " + SUPPORT);
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aReplyIsSentFromTheMailbox(String protocol) throws Exception {
        Transport.send(original());
        read(protocol, subject, message -> {
            Message reply = message.reply(false);
            reply.setFrom();
            reply.setText("Thanks");
            assertThat(reply.getFrom()).containsExactly(InternetAddress.parse(NOREPLY));
            Transport.send(reply);
        });
        assertThat(received(ORDERS, "Re: " + subject)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aReplyToAllDoesNotComeBackToTheMailbox(String protocol) throws Exception {
        Transport.send(original());
        read(protocol, subject, message -> {
            Message reply = message.reply(true);
            reply.setText("Thanks");
            assertThat(reply.getAllRecipients()).containsExactly(InternetAddress.parse(ORDERS + "," + SUPPORT));
            Transport.send(reply);
        });
        assertThat(received(ORDERS, "Re: " + subject)).isEqualTo(1);
        assertThat(received(SUPPORT, "Re: " + subject)).isEqualTo(1);
        assertThat(received(NOREPLY, "Re: " + subject)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aCopyIsSent(String protocol) throws Exception {
        Transport.send(original());
        read(protocol, subject, message -> {
            MimeMessage copy = new MimeMessage(message);
            copy.setRecipients(Message.RecipientType.TO, ORDERS);
            Transport.send(copy);
        });
        assertThat(received(ORDERS, subject)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void aMessageIsForwardedWithTheSessionOfTheOriginalAndTheOneInsideIsForwardedAgain(String protocol)
            throws Exception {
        Transport.send(original());
        read(protocol, subject, message -> Transport.send(forwarded(message, "Fwd: " + subject, NOREPLY)));
        read(protocol, "Fwd: " + subject, message -> {
            Multipart parts = (Multipart) message.getContent();
            assertThat(parts.getBodyPart(0).getContent()).isEqualTo("See below");
            MimeMessage inside = (MimeMessage) parts.getBodyPart(1).getContent();
            assertThat(inside.getSession()).isSameAs(session);
            assertThat(inside.getSubject()).isEqualTo(subject);
            assertThat(inside.getFolder()).isNull();
            assertThat(inside.getContent().toString().strip()).isEqualTo("Hello");
            Transport.send(forwarded(inside, "Fwd: Fwd: " + subject, ORDERS));
        });
        assertThat(received(ORDERS, "Fwd: Fwd: " + subject)).isEqualTo(1);
    }

    private static MimeMessage forwarded(MimeMessage original, String as, String to) throws Exception {
        MimeMessage forward = new MimeMessage(original.getSession());
        forward.setRecipients(Message.RecipientType.TO, to);
        forward.setSubject(as);
        MimeBodyPart text = new MimeBodyPart();
        text.setText("See below");
        MimeBodyPart attached = new MimeBodyPart();
        attached.setContent(original, "message/rfc822");
        forward.setContent(new MimeMultipart(text, attached));
        return forward;
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "pop3"})
    void whatIsReadIsByteForByteWhatTheServerHas(String protocol) throws Exception {
        Transport.send(forwarded(original(), subject, NOREPLY));
        read(protocol, subject, message -> {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            message.writeTo(raw);
            byte[] parts = message.getInputStream().readAllBytes();
            assertThat(raw.size()).isGreaterThan(parts.length);
            assertThat(raw.toString(StandardCharsets.UTF_8).strip())
                    .contains("Subject: " + subject)
                    .endsWith(new String(parts, StandardCharsets.UTF_8).strip());
            Multipart multipart = (Multipart) message.getContent();
            for (int index = 0; index < multipart.getCount(); index++) {
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                multipart.getBodyPart(index).writeTo(part);
                assertThat(part.size()).isPositive();
            }
        });
    }

    @Test
    void aMessageIsFoundAgainByTheUidThatItsFolderTells() throws Exception {
        Transport.send(original());
        read("imap", subject, message -> {
            UIDFolder folder = (UIDFolder) message.getFolder();
            long uid = folder.getUID(message);
            assertThat(uid).isPositive();
            assertThat(folder.getMessageByUID(uid)).isSameAs(message);
            assertThat(folder.getMessagesByUID(uid, uid)).containsExactly(message);
            assertThat(folder.getUIDValidity()).isPositive();
        });
    }
}

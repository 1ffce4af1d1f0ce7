package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.outlookmail.Diagnosis;
import org.outlookmail.sandbox.Sandbox;

/**
 * The one sandbox of this JVM. One, because the code under test takes {@code SSLSocketFactory.getDefault()}, which the JDK
 * makes once and never again; the box's authority must be the default before that.
 */
final class TestBox {

    static final String NOREPLY = "noreply@contoso.com";
    static final String ORDERS = "orders@contoso.com";

    private static final Sandbox BOX = started();

    private TestBox() {}

    private static Sandbox started() {
        // Without limits: connections of the test before are perhaps still being closed.
        Sandbox box = Sandbox.builder()
                .randomPorts()
                .maxConnections(0)
                .maxStoreConnections(0)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(box::close));
        SSLContext.setDefault(box.sslContext());
        return box;
    }

    /** The box without faults and with all counters at zero; mail of earlier tests is still in it. */
    static Sandbox fresh() {
        BOX.reset();
        return BOX;
    }

    static Sandbox box() {
        return BOX;
    }

    /** A subject that no other test has used, so that tests need not empty mailboxes. */
    static String subject() {
        return "Subject " + UUID.randomUUID();
    }

    static MimeMessage message(Session session, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(ORDERS));
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }

    /** How many copies of that message a mailbox has received. */
    static long received(String mailbox, String subject) {
        return BOX.messages(mailbox).stream()
                .filter(message -> message.subject().equals(subject))
                .count();
    }

    static Diagnosis diagnosisOf(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).as("a failure").isNotNull();
        return Diagnosis.of(failure).orElseThrow(() -> new AssertionError("no diagnosis in " + failure, failure));
    }
}

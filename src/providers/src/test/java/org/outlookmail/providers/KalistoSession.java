package org.outlookmail.providers;

import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.Properties;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.TestBox;

/** A session as a Kalisto configuration would make it, for the box: its properties, and our class names. */
final class KalistoSession {

    private static final String[][] CLASSES = {
        {"smtp", "SmtpTransport"},
        {"smtps", "SmtpsTransport"},
        {"imap", "ImapStore"},
        {"imaps", "ImapsStore"},
        {"pop3", "Pop3Store"},
        {"pop3s", "Pop3sStore"}
    };

    private final Properties properties = new Properties();

    KalistoSession(Sandbox box) {
        with("o365.user", TestBox.NOREPLY);
        with("o365.oauth.tenant", box.tenantId());
        with("o365.oauth.clientId", box.clientId());
        with("o365.oauth.clientSecret", box.clientSecret());
        with("o365.oauth.url", box.entraUrl().resolve("/") + "%s/oauth2/v2.0/token");
        with("mail.host", "localhost");
        with("mail.smtp.port", box.smtpPort());
        with("mail.smtps.port", box.smtpsPort());
        with("mail.imap.port", box.imapsPort());
        with("mail.imaps.port", box.imapsPort());
        with("mail.pop3.port", box.pop3sPort());
        with("mail.pop3s.port", box.pop3sPort());
        with("mail.store.protocol", "imap");
        for (String[] each : CLASSES) {
            with("mail." + each[0] + ".class", "org.outlookmail.providers." + each[1]);
        }
    }

    KalistoSession with(String property, Object value) {
        properties.setProperty(property, value.toString());
        return this;
    }

    KalistoSession without(String... names) {
        Arrays.asList(names).forEach(properties::remove);
        return this;
    }

    Session session() {
        return Session.getInstance(properties);
    }

    /** As applications send. */
    void send(String subject, String recipient) throws MessagingException {
        Transport.send(message(subject, recipient));
    }

    /** As applications send that name a user. */
    void send(String subject, String recipient, String user) throws MessagingException {
        Transport.send(message(subject, recipient), user, "ignored");
    }

    MimeMessage message(String subject, String recipient) throws MessagingException {
        MimeMessage message = new MimeMessage(session());
        message.setRecipients(Message.RecipientType.TO, recipient);
        message.setSubject(subject);
        message.setText("Hello");
        message.saveChanges();
        return message;
    }

    void sendBy(String protocol, String subject, String recipient) throws MessagingException {
        try (Transport transport = session().getTransport(protocol)) {
            transport.connect();
            Message message = message(subject, recipient);
            transport.sendMessage(message, new Address[] {message.getAllRecipients()[0]});
        }
    }

    /** Whether a mail of that subject lies in the inbox. */
    boolean reads(String protocol, String subject) throws MessagingException {
        try (Store store = session().getStore(protocol)) {
            store.connect();
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                for (Message message : inbox.getMessages()) {
                    if (subject.equals(message.getSubject())) {
                        return true;
                    }
                }
                return false;
            }
        }
    }
}

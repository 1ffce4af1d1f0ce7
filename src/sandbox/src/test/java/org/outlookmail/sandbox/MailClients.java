package org.outlookmail.sandbox;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Angus Mail pointed at a box: a client that nobody here wrote. */
final class MailClients {
    private MailClients() {}

    static Session session(Sandbox sandbox) {
        Properties properties = new Properties();
        for (String protocol : new String[] {"smtp", "smtps", "imap", "imaps", "pop3", "pop3s"}) {
            properties.put("mail." + protocol + ".host", "localhost");
            properties.put("mail." + protocol + ".auth.mechanisms", "XOAUTH2");
            properties.put(
                    "mail." + protocol + ".ssl.socketFactory",
                    sandbox.sslContext().getSocketFactory());
            properties.put("mail." + protocol + ".ssl.checkserveridentity", "true");
            properties.put("mail." + protocol + ".timeout", "20000");
            properties.put("mail." + protocol + ".connectiontimeout", "20000");
        }
        properties.put("mail.smtp.port", String.valueOf(sandbox.smtpPort()));
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtps.port", String.valueOf(sandbox.smtpsPort()));
        properties.put("mail.smtps.auth", "true");
        properties.put("mail.imap.port", String.valueOf(sandbox.imapPort()));
        properties.put("mail.imap.starttls.required", "true");
        properties.put("mail.pop3.port", String.valueOf(sandbox.pop3Port()));
        properties.put("mail.pop3.starttls.required", "true");
        properties.put("mail.pop3.auth.xoauth2.two.line.authentication.format", "true");
        properties.put("mail.imaps.port", String.valueOf(sandbox.imapsPort()));
        properties.put("mail.pop3s.port", String.valueOf(sandbox.pop3sPort()));
        properties.put("mail.pop3s.auth.xoauth2.two.line.authentication.format", "true");
        return Session.getInstance(properties);
    }

    static Store connect(Sandbox sandbox, String protocol, String mailbox, String token) throws MessagingException {
        Store store = session(sandbox).getStore(protocol);
        store.connect(mailbox, token);
        return store;
    }

    static void send(Sandbox sandbox, String from, String to, String subject) throws MessagingException {
        send(sandbox, "smtp", from, to, subject);
    }

    static void send(Sandbox sandbox, String protocol, String from, String to, String subject)
            throws MessagingException {
        Session session = session(sandbox);
        MimeMessage message = message(session, from, to, subject);
        try (Transport transport = session.getTransport(protocol)) {
            transport.connect(from, sandbox.issueToken());
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    static MimeMessage message(Session session, String from, String to, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipients(MimeMessage.RecipientType.TO, to);
        message.setSubject(subject);
        message.setText("Dear customer,\r\n.a line with a dot\r\n");
        message.saveChanges();
        return message;
    }

    static byte[] mail(String subject) {
        return ("From: someone@example.org\r\nTo: orders@contoso.com\r\nSubject: " + subject + "\r\nMessage-ID: <"
                        + subject.hashCode() + "@example.org>\r\n\r\nText of " + subject + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static Folder open(Store store, String folder) throws MessagingException {
        Folder opened = store.getFolder(folder);
        opened.open(Folder.READ_WRITE);
        return opened;
    }
}

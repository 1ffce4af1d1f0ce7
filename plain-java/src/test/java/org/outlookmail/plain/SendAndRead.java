package org.outlookmail.plain;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** A program that knows Jakarta Mail alone. Its properties are system properties, as a launcher may set them. */
final class SendAndRead {

    private SendAndRead() {}

    public static void main(String[] arguments) throws Exception {
        Properties properties = System.getProperties();
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(properties.getProperty("o365.user")));
        message.setSubject("by plain Java");
        message.setText("Hello");
        Transport.send(message);
        try (Store store = session.getStore("imap")) {
            store.connect();
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                System.out.println("read back: "
                        + inbox.getMessage(inbox.getMessageCount()).getSubject());
            }
        }
    }
}

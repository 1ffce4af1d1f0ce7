package org.outlookmail.it;

import jakarta.annotation.Resource;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** Part of an application that borrows connections in every way there is, and closes none. */
abstract class Forgetful {

    /** How it comes to its factory. */
    enum Access {
        LOOKED_UP(""),
        INJECTED("shared"),
        INJECTED_UNSHAREABLE("unshared"),
        LOOKED_UP_UNSHAREABLE("unshared");

        private final String reference;

        Access(String reference) {
            this.reference = reference;
        }
    }

    /** What it forgets. */
    enum What {
        SESSION,
        TRANSPORT,
        STORE
    }

    @Resource(name = "forgotten/shared", lookup = "mail/forgotten")
    private OutlookMailSessionFactory shared;

    @Resource(name = "forgotten/unshared", lookup = "mail/forgotten", shareable = false)
    private OutlookMailSessionFactory unshared;

    @Resource(name = "forgottenLocal/shared", lookup = "mail/forgottenLocal")
    private OutlookMailSessionFactory localShared;

    @Resource(name = "forgottenLocal/unshared", lookup = "mail/forgottenLocal", shareable = false)
    private OutlookMailSessionFactory localUnshared;

    /** In each class by itself, because the line that opened what is forgotten is told. */
    abstract OutlookMailSession open(OutlookMailSessionFactory factory) throws Exception;

    OutlookMailSessionFactory factory(boolean local, Access access) throws Exception {
        String name = local ? "forgottenLocal" : "forgotten";
        return switch (access) {
            case LOOKED_UP -> Jndi.lookup("mail/" + name, OutlookMailSessionFactory.class);
            case LOOKED_UP_UNSHAREABLE ->
                Jndi.lookup("java:comp/env/" + name + "/" + access.reference, OutlookMailSessionFactory.class);
            case INJECTED -> local ? localShared : shared;
            case INJECTED_UNSHAREABLE -> local ? localUnshared : unshared;
        };
    }

    void forget(OutlookMailSessionFactory factory, What what, String subject) throws Exception {
        switch (what) {
            case SESSION -> {
                OutlookMailSession session = open(factory);
                session.send(message(session.mailSession(), subject));
            }
            case TRANSPORT -> {
                Transport transport = factory.mailSession().getTransport();
                transport.connect();
                Message message = message(factory.mailSession(), subject);
                message.saveChanges();
                transport.sendMessage(message, message.getAllRecipients());
            }
            default -> {
                Store store = factory.mailSession().getStore();
                store.connect();
                Folder inbox = store.getFolder("INBOX");
                inbox.open(Folder.READ_ONLY);
                inbox.close();
            }
        }
    }

    static MimeMessage message(Session session, String subject) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("orders@contoso.com"));
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }
}

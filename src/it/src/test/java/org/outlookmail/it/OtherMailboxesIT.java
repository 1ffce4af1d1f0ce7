package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailConnectionSpec;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** Other mailboxes than the factory's own, through Liberty's pool. Rows C3 and M7. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class OtherMailboxesIT {

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(OtherMailboxesIT.class);
    }

    private static OutlookMailSessionFactory factory(String name) throws Exception {
        return Jndi.lookup(name, OutlookMailSessionFactory.class);
    }

    private static MimeMessage message(Session session, String from) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("noreply@contoso.com"));
        message.setSubject("from " + from);
        message.setText("Hello");
        return message;
    }

    @Test
    void theUserOfContainerManagedAuthenticationIsTheMailbox() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (OutlookMailSession session = factory("mail/containerManaged").getConnection()) {
                assertThat(session.mailbox()).isEqualTo("support@contoso.com");
                session.send(message(session.mailSession(), "support@contoso.com"));
            }
        }
    }

    @Test
    void aSpecificationOpensAnAllowedMailboxAndNoOther() throws Exception {
        OutlookMailSessionFactory departments = factory("mail/departments");
        for (String mailbox : new String[] {"orders@contoso.com", "support@contoso.com", "orders@contoso.com"}) {
            try (OutlookMailSession session = departments.getConnection(new OutlookMailConnectionSpec(mailbox));
                    Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
                assertThat(session.mailbox()).isEqualTo(mailbox);
                assertThat(inbox.isOpen()).isTrue();
            }
        }
        Throwable refused =
                catchThrowable(() -> departments.getConnection(new OutlookMailConnectionSpec("archive@contoso.com")));
        assertThat(Diagnosis.of(refused).map(Diagnosis::code)).contains(DiagnosisCode.MAILBOX_NOT_ALLOWED);
    }

    @Test
    void eachMessageGoesWithTheRightsOfItsOwnSender() throws Exception {
        try (OutlookMailSession session = factory("mail/departments").getConnection()) {
            for (String from : new String[] {"noreply@contoso.com", "orders@contoso.com", "support@contoso.com"}) {
                session.send(message(session.mailSession(), from));
            }
            MimeMessage other = message(session.mailSession(), "archive@contoso.com");
            assertThat(Diagnosis.of(catchThrowable(() -> session.send(other))).map(Diagnosis::code))
                    .contains(DiagnosisCode.SENDER_NOT_ALLOWED);
        }
    }
}

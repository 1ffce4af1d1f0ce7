package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.apache.commons.mail2.jakarta.HtmlEmail;
import org.apache.commons.mail2.jakarta.SimpleEmail;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Code for plain Jakarta Mail that nobody here wrote sends through mail/office365Session. Row K1. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class FrameworksIT {

    private Session session;
    private Box box;

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(FrameworksIT.class)
                .addAsLibrary(Deployments.jarOf(JavaMailSenderImpl.class))
                .addAsLibrary(Deployments.jarOf(org.springframework.core.io.Resource.class))
                .addAsLibrary(Deployments.jarOf(org.springframework.beans.factory.InitializingBean.class))
                .addAsLibrary(Deployments.jarOf(org.apache.commons.logging.LogFactory.class))
                .addAsLibrary(Deployments.jarOf(SimpleEmail.class))
                .addAsLibrary(Deployments.jarOf(org.apache.commons.mail2.core.EmailException.class));
    }

    @BeforeEach
    void lookUp() throws Exception {
        session = Jndi.lookup("mail/office365Session", Session.class);
        box = Box.inServer();
        SessionBean.send(session, "warm up");
        box.reset();
    }

    private JavaMailSenderImpl spring() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setSession(session);
        return sender;
    }

    @Test
    void springsJavaMailSenderSends() throws Exception {
        JavaMailSenderImpl sender = spring();
        SimpleMailMessage simple = new SimpleMailMessage();
        simple.setFrom("noreply@contoso.com");
        simple.setTo("orders@contoso.com");
        simple.setSubject("by Spring");
        simple.setText("Hello");
        sender.send(simple, new SimpleMailMessage(simple));

        MimeMessage mime = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(mime, true, "UTF-8");
        helper.setTo("noreply@contoso.com");
        helper.setSubject("by Spring with an attachment");
        helper.setText("Hello", "<p>Hello</p>");
        helper.addAttachment("a.txt", () -> new java.io.ByteArrayInputStream(new byte[] {65}));
        sender.send(mime);
        sender.testConnection();

        assertThat(box.count("/smtp/messages")).isEqualTo(3);
        assertThat(box.count("/smtp/authentications"))
                .as("over the pooled connection")
                .isZero();
        assertThat(SessionBean.subjectOf(session, mime.getMessageID())).isEqualTo("by Spring with an attachment");
    }

    @Test
    void springIsToldWhatWasRefusedAndWhy() {
        SimpleMailMessage nobody = new SimpleMailMessage();
        nobody.setFrom("noreply@contoso.com");
        nobody.setTo("nobody-there@contoso.com");
        nobody.setSubject("refused");
        assertThatThrownBy(() -> spring().send(nobody))
                .isInstanceOf(MailSendException.class)
                .hasMessageContaining("OMC-2302");
    }

    @Test
    void commonsEmailSends() throws Exception {
        SimpleEmail simple = new SimpleEmail();
        simple.setMailSession(session);
        simple.setFrom("noreply@contoso.com");
        simple.addTo("orders@contoso.com");
        simple.setSubject("by Commons Email");
        simple.setMsg("Hello");
        simple.send();

        HtmlEmail html = new HtmlEmail();
        html.setMailSession(session);
        html.setFrom("noreply@contoso.com");
        html.addTo("noreply@contoso.com");
        html.setSubject("HTML by Commons Email");
        html.setHtmlMsg("<p>Hello</p>");
        html.setTextMsg("Hello");
        String id = html.send();

        assertThat(box.count("/smtp/messages")).isEqualTo(2);
        assertThat(box.count("/smtp/authentications"))
                .as("over the pooled connection")
                .isZero();
        assertThat(SessionBean.subjectOf(session, id)).isEqualTo("HTML by Commons Email");
    }
}

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
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** What an administrator reads when one thing is wrong. Row T3. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class FailuresIT {

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(FailuresIT.class);
    }

    @Test
    void aWrongSecretNamesThePropertyAndTheCure() throws Exception {
        Diagnosis diagnosis = diagnosisOfSending("mail/wrongSecret");
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CLIENT_SECRET_WRONG);
        assertThat(diagnosis.likelyCause()).contains("clientSecret");
        assertThat(diagnosis.cure()).contains("Value (not its Secret ID)");
        assertThat(diagnosis.details().get("reply")).contains("AADSTS7000215");
        assertThat(diagnosis.toString()).doesNotContain("not-the-secret");
    }

    @Test
    void aWrongMailboxIsNamedWithTheClaimsOfTheToken() throws Exception {
        Diagnosis diagnosis = diagnosisOfSending("mail/wrongMailbox");
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(diagnosis.summary()).contains("nobody@contoso.com");
        assertThat(diagnosis.cure()).contains("mailbox");
        assertThat(diagnosis.details()).containsKeys("token.aud", "token.roles", "token.tid", "token.exp");
        assertThat(diagnosis.details().get("reply")).startsWith("535 5.7.3");
    }

    @Test
    void aWrongMailboxIsNamedWhenReadingToo() throws Exception {
        Diagnosis diagnosis = diagnosisOfReading("mail/wrongMailbox");
        assertThat(diagnosis.code()).isIn(DiagnosisCode.MAILBOX_NOT_PERMITTED, DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(diagnosis.summary()).contains("nobody@contoso.com");
    }

    @Test
    void everyProblemOfAConfigurationIsToldAtOnce() throws Exception {
        Diagnosis diagnosis = diagnosisOfSending("mail/undefinedVariable");
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        assertThat(diagnosis.summary())
                .contains("properties.outlookMail.OutlookMailSessionFactory")
                .contains("3 problems")
                .contains("mailbox holds ${no.such.variable}")
                .contains("tenantId is \"not a tenant\"")
                .contains("smtpPort is 99999");
    }

    @Test
    void aMissingPropertyIsNamedForTheFactory() throws Exception {
        Diagnosis diagnosis = diagnosisOfSending("mail/noMailbox");
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        assertThat(diagnosis.summary()).contains("mailbox is missing");
    }

    @Test
    void aMissingPropertyIsNamedForThePlainSession() throws Exception {
        Session session = Jndi.lookup("mail/noMailboxSession", Session.class);
        MimeMessage message = new MimeMessage(session);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("noreply@contoso.com"));
        message.setText("Hello");
        Throwable failure = catchThrowable(() -> jakarta.mail.Transport.send(message));
        assertThat(Diagnosis.of(failure)).hasValueSatisfying(diagnosis -> {
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
            assertThat(diagnosis.summary())
                    .contains("properties.outlookMail.Session")
                    .contains("mailbox is missing");
        });
    }

    @Test
    void anUnreachableMailServerNamesHostAndPort() throws Exception {
        Diagnosis sending = diagnosisOfSending("mail/unreachableServer");
        assertThat(sending.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
        assertThat(sending.summary()).contains("smtp://localhost:");
        assertThat(sending.cure()).contains("smtpHost").contains("smtpPort");
        Diagnosis reading = diagnosisOfReading("mail/unreachableServer");
        assertThat(reading.code()).isEqualTo(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
        assertThat(reading.summary()).contains("imaps://localhost:");
    }

    @Test
    void anUnreachableTokenEndpointNamesTheAuthority() throws Exception {
        Diagnosis diagnosis = diagnosisOfSending("mail/unreachableEntra");
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.TOKEN_ENDPOINT_UNREACHABLE);
        assertThat(diagnosis.summary()).contains("https://localhost:");
        assertThat(diagnosis.cure()).contains("authority");
    }

    @Test
    void aSenderThatTheMailboxMayNotUseIsToldFromARefusedMessage() throws Exception {
        OutlookMailSessionFactory factory = factory("mail/office365");
        try (OutlookMailSession session = factory.getConnection()) {
            MimeMessage message = new MimeMessage(session.mailSession());
            message.setFrom("somebody.else@contoso.com");
            message.setRecipient(Message.RecipientType.TO, new InternetAddress("noreply@contoso.com"));
            message.setText("Hello");
            Throwable failure = catchThrowable(() -> session.send(message));
            assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.SEND_AS_DENIED);
            assertThat(FactoryBean.send(factory, "the connection still works")).isNotBlank();
        }
    }

    private static OutlookMailSessionFactory factory(String name) throws Exception {
        return Jndi.lookup(name, OutlookMailSessionFactory.class);
    }

    private static Diagnosis diagnosisOfSending(String name) throws Exception {
        OutlookMailSessionFactory factory = factory(name);
        Throwable failure = catchThrowable(() -> FactoryBean.send(factory, "never sent"));
        return Diagnosis.of(failure).orElseThrow(() -> new AssertionError("no diagnosis in " + failure, failure));
    }

    private static Diagnosis diagnosisOfReading(String name) throws Exception {
        OutlookMailSessionFactory factory = factory(name);
        Throwable failure = catchThrowable(() -> {
            try (OutlookMailSession session = factory.getConnection();
                    Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
                throw new AssertionError("opened " + inbox);
            }
        });
        return Diagnosis.of(failure).orElseThrow(() -> new AssertionError("no diagnosis in " + failure, failure));
    }
}

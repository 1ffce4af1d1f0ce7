package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** Both JNDI types, by injection and by bare look-up, inside the server. Rows K1 and C1. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class MailThroughJndiIT {

    @Inject
    private FactoryBean factoryBean;

    @Inject
    private SessionBean sessionBean;

    private Box box;

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(MailThroughJndiIT.class);
    }

    @BeforeEach
    void findTheBox() throws Exception {
        box = Box.inServer();
    }

    @Test
    void anInjectedFactorySendsAndReadsBack() throws Exception {
        String id = factoryBean.send("injected factory");
        assertThat(factoryBean.subjectOf(id)).isEqualTo("injected factory");
    }

    @Test
    void aFactoryThatWasLookedUpSendsAndReadsBack() throws Exception {
        OutlookMailSessionFactory factory = Jndi.lookup("mail/office365", OutlookMailSessionFactory.class);
        String id = FactoryBean.send(factory, "factory by look-up");
        assertThat(FactoryBean.subjectOf(factory, id)).isEqualTo("factory by look-up");
    }

    @Test
    void anInjectedSessionSendsAndReadsBack() throws Exception {
        String id = sessionBean.send("injected session");
        assertThat(sessionBean.subjectOf(id)).isEqualTo("injected session");
    }

    @Test
    void aSessionThatWasLookedUpSendsAndReadsBack() throws Exception {
        Session session = Jndi.lookup("mail/office365Session", Session.class);
        String id = SessionBean.send(session, "session by look-up");
        assertThat(SessionBean.subjectOf(session, id)).isEqualTo("session by look-up");
    }

    @Test
    void theSessionOfAHandleSendsThroughTheSamePool() throws Exception {
        Session session = factoryBean.injected().mailSession();
        String id = SessionBean.send(session, "session of a factory");
        assertThat(factoryBean.subjectOf(id)).isEqualTo("session of a factory");
    }

    @Test
    void manyMailsCostOneTokenAndNoLoginEach() throws Exception {
        factoryBean.send("warm up");
        sessionBean.send("warm up");
        box.reset();
        for (int i = 0; i < 20; i++) {
            factoryBean.send("mail " + i);
            sessionBean.send("mail " + i);
        }
        assertThat(box.count("/smtp/messages")).isEqualTo(40);
        assertThat(box.count("/entra/tokenRequests")).isZero();
        assertThat(box.count("/smtp/authentications")).isZero();
    }

    @Test
    void aClosedHandleSaysSo() throws Exception {
        OutlookMailSession session = factoryBean.injected().getConnection();
        session.close();
        session.close();
        assertThatThrownBy(() -> session.openFolder("INBOX", Folder.READ_ONLY))
                .isInstanceOf(MessagingException.class)
                .satisfies(failure ->
                        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.HANDLE_CLOSED));
    }

    @Test
    void secretsAsSecurityUtilityWritesThemAreDecoded() throws Exception {
        for (String name : new String[] {"mail/encodedSecret", "mail/encryptedSecret"}) {
            OutlookMailSessionFactory factory = Jndi.lookup(name, OutlookMailSessionFactory.class);
            try (OutlookMailSession session = factory.getConnection();
                    Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
                assertThat(inbox.isOpen()).isTrue();
            }
        }
    }

    @Test
    void theConnectionTellsTheServersGreetingAndTheMailbox() throws Exception {
        try (OutlookMailSession session = factoryBean.injected().getConnection()) {
            assertThat(session.getMetaData().getEISProductName()).contains("ESMTP");
            assertThat(session.getMetaData().getUserName()).isEqualTo("noreply@contoso.com");
        }
    }
}

package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.annotation.Resource;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/** Liberty's own {@code <mailSession>} with our provider classes and the properties of a Kalisto configuration. Row K6. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class MailSessionStanzaIT {

    private Box box;

    @Resource(lookup = "mail/kalisto")
    private Session injected;

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(MailSessionStanzaIT.class);
    }

    @BeforeEach
    void findTheBox() throws Exception {
        box = Box.inServer();
    }

    private static Session lookedUp() throws Exception {
        return Jndi.lookup("mail/kalisto", Session.class);
    }

    private static void sendsAndReadsBack(Session session, String subject) throws Exception {
        assertThat(SessionBean.subjectOf(session, SessionBean.send(session, subject)))
                .isEqualTo(subject);
    }

    @Test
    void aSessionThatWasLookedUpSendsAndReadsBack() throws Exception {
        sendsAndReadsBack(lookedUp(), "stanza by look-up");
    }

    @Test
    void anInjectedSessionSendsAndReadsBack() throws Exception {
        sendsAndReadsBack(injected, "stanza by injection");
    }

    @Test
    void twentyConnectsOfManySessionsCostOneTokenWhichTheServersCacheKeepsSealed() throws Exception {
        box.reset();
        for (int count = 0; count < 10; count++) {
            sendsAndReadsBack(lookedUp(), "stanza " + count);
        }
        assertThat(box.count("/smtp/authentications")).isEqualTo(10);
        assertThat(box.count("/imap/authentications")).isEqualTo(10);
        assertThat(box.count("/entra/tokenRequests")).isLessThanOrEqualTo(1);
        Map<?, ?> cache = Jndi.lookup("services/cache/kalisto", Map.class);
        assertThat(cache.values())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.toString()).doesNotContainPattern(Box.TOKEN));
    }

    @Test
    void whatIsWrongWithTheStanzaIsToldWithItsName() throws Exception {
        Session wrong = Jndi.lookup("mail/kalistoWrong", Session.class);
        Diagnosis diagnosis = Diagnosis.of(catchThrowable(() -> {
                    try (Transport transport = wrong.getTransport()) {
                        transport.connect();
                    }
                }))
                .orElseThrow();
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        assertThat(diagnosis.summary())
                .contains("the <mailSession> mail/kalistoWrong", "5 problems", "${no.such.variable}")
                .contains("mail.smtp.starttls.enable", "o365.oauth.tenant is missing");
    }

    @Test
    void aMailSessionThatDoesNotNameOurClassesKeepsLibertys() throws Exception {
        Session plain = Jndi.lookup("mail/plainLiberty", Session.class);
        try (Transport transport = plain.getTransport();
                Store store = plain.getStore()) {
            assertThat(transport.getClass().getName()).startsWith("org.eclipse.angus.");
            assertThat(store.getClass().getName()).startsWith("org.eclipse.angus.");
        }
    }
}

package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.mail.Session;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** The code that sends and reads over SMTP and IMAP, over Microsoft Graph by two properties. Rows M1, M2 and N7. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class MailOverGraphIT {

    @Inject
    private OrderBean orders;

    private Box box;

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(MailOverGraphIT.class).addClasses(OrderBean.class, OrderBean.End.class);
    }

    @BeforeEach
    void findTheBox() throws Exception {
        box = Box.inServer();
        box.reset();
    }

    private static OutlookMailSessionFactory factory(String name) throws Exception {
        return Jndi.lookup(name, OutlookMailSessionFactory.class);
    }

    @Test
    void aFactorySendsAndReadsBackOverGraphAlone() throws Exception {
        for (String name : new String[] {"mail/overGraph", "mail/throughDrafts"}) {
            String id = FactoryBean.send(factory(name), name);
            assertThat(FactoryBean.subjectOf(factory(name), id)).isEqualTo(name);
        }
        assertThat(box.count("/smtp/connections")).isZero();
        assertThat(box.count("/imap/connections")).isZero();
        assertThat(box.count("/graph/requests")).isPositive();
    }

    @Test
    void aPlainSessionSendsAndReadsBackOverGraphAlone() throws Exception {
        Session session = Jndi.lookup("mail/overGraphSession", Session.class);
        String id = SessionBean.send(session, "session over Graph");
        assertThat(SessionBean.subjectOf(session, id)).isEqualTo("session over Graph");
        assertThat(box.count("/smtp/connections")).isZero();
        assertThat(box.count("/imap/connections")).isZero();
    }

    @Test
    void oneWayMayBeGraphAndTheOtherNot() throws Exception {
        String bySmtp = FactoryBean.send(factory("mail/smtpOutGraphIn"), "SMTP out, Graph in");
        assertThat(FactoryBean.subjectOf(factory("mail/smtpOutGraphIn"), bySmtp))
                .isEqualTo("SMTP out, Graph in");
        assertThat(box.count("/smtp/messages")).isEqualTo(1);

        String byGraph = FactoryBean.send(factory("mail/graphOutImapIn"), "Graph out, IMAP in");
        assertThat(FactoryBean.subjectOf(factory("mail/graphOutImapIn"), byGraph))
                .isEqualTo("Graph out, IMAP in");
        assertThat(box.count("/smtp/messages")).isEqualTo(1);
    }

    @Test
    void manyMailsCostOneRequestEachAndOneToken() throws Exception {
        FactoryBean.send(factory("mail/overGraph"), "warm up");
        box.reset();
        for (int i = 0; i < 20; i++) {
            FactoryBean.send(factory("mail/overGraph"), "mail " + i);
        }
        assertThat(box.count("/graph/requests")).isEqualTo(20);
        assertThat(box.count("/graph/throttled")).isZero();
        assertThat(box.count("/entra/tokenRequests")).isZero();
    }

    @Test
    void theTestButtonProvesSendingAndSendsNothing() throws Exception {
        try (OutlookMailSession session = factory("mail/overGraph").getConnection()) {
            assertThat(session.getMetaData().getEISProductName()).contains("Microsoft Graph");
        }
        assertThat(box.count("/graph/requests")).isEqualTo(1);
    }

    @Test
    void theMailLeavesWithTheCommit() throws Exception {
        orders.prepare();
        String name = "order " + UUID.randomUUID();
        orders.orderOverGraph(name, OrderBean.End.WELL);
        assertThat(orders.rows(name)).isEqualTo(1);
        assertThat(box.count("/graph/requests")).isEqualTo(1);
        box.reset();
        orders.orderOverGraph(name, OrderBean.End.ROLLBACK_ONLY);
        assertThat(orders.rows(name)).isEqualTo(1);
        assertThat(box.count("/graph/requests")).isZero();
    }
}

package org.outlookmail.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.testkit.BoundNames;

/** What a bean gets for {@code @Inject @Mailbox}. */
class MailboxInjectionTest {

    private final CountingFactory orders = new CountingFactory("orders@contoso.com");
    private final CountingFactory support = new CountingFactory("support@contoso.com");
    private final Session plain = Session.getInstance(new Properties());

    private WeldContainer container;

    /** One bean with every kind of injection point, in a scope longer than any request. */
    @ApplicationScoped
    static class Desk {
        @Inject
        @Mailbox("mail/orders")
        private OutlookMailSession session;

        @Inject
        @Mailbox("mail/support")
        private OutlookMailSession otherSession;

        @Inject
        @Mailbox("mail/orders")
        private OutlookMailSessionFactory factory;

        @Inject
        @Mailbox("mail/orders")
        private Session mailSession;

        @Inject
        @Mailbox("mail/plain")
        private Session plainSession;

        @Inject
        @Mailbox("mail/orders")
        private Instance<OutlookMailSession> instance;

        @Inject
        @Mailbox("mail/orders")
        private Provider<OutlookMailSessionFactory> provider;

        @Inject
        @Mailbox("mail/support")
        private Optional<OutlookMailSession> optional;

        @Inject
        @Mailbox("mail/unbound")
        private Optional<OutlookMailSession> absent;

        private final Session parameter;

        @Inject
        Desk(@Mailbox("mail/support") Session parameter) {
            this.parameter = parameter;
        }

        /** For the client proxy. */
        Desk() {
            this(null);
        }

        /** Itself without its proxy, which would put itself in the place of a plain {@code this}. */
        Supplier<Desk> self() {
            return () -> this;
        }

        @Produces
        String mailboxOfTheProducersParameter(@Mailbox("mail/orders") OutlookMailSessionFactory parameter) {
            return parameter.toString();
        }
    }

    @BeforeEach
    void start() {
        BoundNames.bind("mail/orders", orders.proxy());
        BoundNames.bind("mail/support", support.proxy());
        BoundNames.bind("mail/plain", plain);
        container = Containers.of(Desk.class);
    }

    @AfterEach
    void stop() {
        container.close();
        BoundNames.clear();
    }

    @Test
    void aSessionIsBorrowedAtTheFirstCallAndClosedWithTheRequest() {
        Desk desk = desk();
        RequestContextController request = request();
        assertThat(orders.borrowed).hasValue(0);

        assertThat(desk.session.mailbox()).isEqualTo("orders@contoso.com");
        assertThat(desk.session.mailbox()).isEqualTo("orders@contoso.com");
        assertThat(orders.borrowed).hasValue(1);
        assertThat(orders.closed).hasValue(0);

        request.deactivate();
        assertThat(orders.closed).hasValue(1);
    }

    @Test
    void aBeanOfALongerScopeBorrowsAnewInEachRequest() {
        Desk desk = desk();
        for (int i = 0; i < 3; i++) {
            RequestContextController request = request();
            assertThat(desk.session.mailbox()).isEqualTo("orders@contoso.com");
            request.deactivate();
        }
        assertThat(orders.borrowed).hasValue(3);
        assertThat(orders.closed).hasValue(3);
    }

    @Test
    void aRequestThatDoesNotUseTheSessionBorrowsNone() {
        desk();
        request().deactivate();
        assertThat(orders.borrowed).hasValue(0);
    }

    @Test
    void eachNameIsAMailboxOfItsOwn() {
        Desk desk = desk();
        RequestContextController request = request();
        assertThat(desk.otherSession.mailbox()).isEqualTo("support@contoso.com");
        request.deactivate();
        assertThat(support.closed).hasValue(1);
        assertThat(orders.borrowed).hasValue(0);
    }

    @Test
    void theFactoryIsTheOneOfJndi() {
        assertThat(desk().factory).hasToString("factory of orders@contoso.com");
        assertThat(desk().provider.get()).hasToString("factory of orders@contoso.com");
    }

    @Test
    void aMailSessionIsThatOfTheFactoryOrTheOneOfJndi() {
        assertThat(desk().mailSession).isSameAs(orders.mailSession);
        assertThat(desk().plainSession).isSameAs(plain);
        assertThat(desk().parameter).isSameAs(support.mailSession);
    }

    @Test
    void aParameterOfAProducerIsServed() {
        assertThat(container.select(String.class).get()).isEqualTo("factory of orders@contoso.com");
    }

    @Test
    void anInstanceCanGiveTheConnectionBackBeforeTheRequestEnds() {
        Desk desk = desk();
        RequestContextController request = request();
        OutlookMailSession session = desk.instance.get();
        assertThat(session.mailbox()).isEqualTo("orders@contoso.com");
        desk.instance.destroy(session);
        assertThat(orders.closed).hasValue(1);
        assertThat(desk.session.mailbox()).isEqualTo("orders@contoso.com");
        request.deactivate();
        assertThat(orders.borrowed).hasValue(2);
        assertThat(orders.closed).hasValue(2);
    }

    @Test
    void anOptionalIsEmptyWhereNothingIsBound() {
        Desk desk = desk();
        assertThat(desk.absent).isEmpty();
        RequestContextController request = request();
        assertThat(desk.optional.orElseThrow().mailbox()).isEqualTo("support@contoso.com");
        request.deactivate();
        assertThat(support.closed).hasValue(1);
    }

    /** The bean behind its proxy, whose fields can be read. */
    private Desk desk() {
        return container.select(Desk.class).get().self().get();
    }

    private RequestContextController request() {
        RequestContextController request =
                container.select(RequestContextController.class).get();
        assertThat(request.activate()).isTrue();
        return request;
    }
}

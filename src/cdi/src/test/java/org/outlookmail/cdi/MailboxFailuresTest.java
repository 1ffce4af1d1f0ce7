package org.outlookmail.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.inject.Inject;
import jakarta.mail.Session;
import java.util.Map;
import java.util.Properties;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.ServerWords;
import org.outlookmail.testkit.BoundNames;

/** What a developer reads when an injection point or its name is wrong. */
class MailboxFailuresTest {

    /** A bean that uses what it was given. */
    interface Asker {
        Object ask();
    }

    @ApplicationScoped
    static class Clerk implements Asker {
        @Inject
        @Mailbox("mail/orders")
        private OutlookMailSession session;

        @Override
        public Object ask() {
            return session.mailbox();
        }
    }

    @Dependent
    static class FactoryClerk implements Asker {
        @Inject
        @Mailbox("mail/orders")
        private OutlookMailSessionFactory factory;

        @Override
        public Object ask() {
            return factory;
        }
    }

    @Dependent
    static class SessionClerk implements Asker {
        private final Session session;

        @Inject
        SessionClerk(@Mailbox("mail/orders") Session session) {
            this.session = session;
        }

        @Override
        public Object ask() {
            return session;
        }
    }

    @Dependent
    static class WrongType implements Asker {
        @Inject
        @Mailbox("mail/orders")
        private String address;

        @Override
        public Object ask() {
            return address;
        }
    }

    @Dependent
    static class NoName implements Asker {
        @Inject
        @Mailbox(" ")
        private OutlookMailSession session;

        @Override
        public Object ask() {
            return session.mailbox();
        }
    }

    @AfterEach
    void clear() {
        BoundNames.clear();
    }

    @Test
    void aNameThatIsNotBoundIsToldWithThePlaceAndWhatIsMissing() {
        BoundNames.bind("mail/other", "something");
        Diagnosis diagnosis = diagnosisOfUsing(Clerk.class);
        assertThat(diagnosis.summary())
                .contains("@Mailbox(\"mail/orders\")")
                .contains("OutlookMailSession")
                .contains("nothing");
        assertThat(diagnosis.details())
                .containsEntry("injectionPoints", Clerk.class.getName() + ".session")
                .containsEntry("missing", ServerWords.OTHER.missing("mail/orders"));
    }

    @Test
    void aMailSessionIsNoFactoryAndTheMessageSaysWhatWasFound() {
        BoundNames.bind("mail/orders", Session.getInstance(new Properties()));
        assertThat(diagnosisOfUsing(Clerk.class).summary()).contains("an object of the class jakarta.mail.Session");
        assertThat(diagnosisOfUsing(FactoryClerk.class).details())
                .containsEntry("injectionPoints", FactoryClerk.class.getName() + ".factory");
    }

    @Test
    void anythingElseIsNoMailSession() {
        BoundNames.bind("mail/orders", "something");
        Diagnosis diagnosis = diagnosisOfUsing(SessionClerk.class);
        assertThat(diagnosis.summary()).contains("java.lang.String");
        assertThat(diagnosis.details())
                .containsEntry("injectionPoints", "constructor of " + SessionClerk.class.getName() + ", parameter 1");
    }

    @Test
    void aFactoryOfAnotherClassLoaderIsToldFromAWrongOne() throws Exception {
        BoundNames.bind("mail/orders", CopiedApi.factory());
        assertThat(diagnosisOfUsing(FactoryClerk.class).summary()).contains("from another class loader");
    }

    @Test
    void aPoolThatRefusesKeepsItsOwnDiagnosis() {
        Diagnosis refusal = Diagnosis.of(DiagnosisCode.CONFIGURATION_INVALID, "mailbox is missing.", Map.of());
        BoundNames.bind(
                "mail/orders",
                new CountingFactory("orders@contoso.com", new DiagnosedResourceException(refusal, null)).proxy());
        try (WeldContainer container = Containers.of(Clerk.class)) {
            Throwable failure = catchThrowable(() -> useInRequest(container, Clerk.class));
            assertThat(failure).hasMessageContaining(Clerk.class.getName() + ".session");
            assertThat(Diagnosis.of(failure)).contains(refusal);
        }
    }

    @Test
    void aTypeThatIsNoMailboxStopsTheDeployment() {
        assertThatThrownBy(() -> Containers.of(WrongType.class).close())
                .hasMessageContaining("@Mailbox(\"mail/orders\") at " + WrongType.class.getName() + ".address")
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining(OutlookMailSessionFactory.class.getName());
    }

    @Test
    void aBlankNameStopsTheDeployment() {
        assertThatThrownBy(() -> Containers.of(NoName.class).close())
                .hasMessageContaining(NoName.class.getName() + ".session has no name");
    }

    private static Diagnosis diagnosisOfUsing(Class<? extends Asker> bean) {
        try (WeldContainer container = Containers.of(bean)) {
            Throwable failure = catchThrowable(() -> useInRequest(container, bean));
            Diagnosis diagnosis = Diagnosis.of(failure).orElseThrow(() -> new AssertionError("no diagnosis", failure));
            assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAILBOX_NOT_BOUND);
            return diagnosis;
        }
    }

    private static void useInRequest(WeldContainer container, Class<? extends Asker> bean) {
        RequestContextController request =
                container.select(RequestContextController.class).get();
        request.activate();
        try {
            container.select(bean).get().ask();
        } finally {
            request.deactivate();
        }
    }
}

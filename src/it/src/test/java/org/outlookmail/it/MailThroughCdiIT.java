package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.inject.Inject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.cdi.MailboxExtension;

/** {@code @Inject @Mailbox} in beans of every life span, inside the server. */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class MailThroughCdiIT {

    @Inject
    private MailDesk desk;

    @Deployment
    static WebArchive deployment() {
        return Deployments.of(MailThroughCdiIT.class)
                .addClasses(MailDesk.class, MailClerk.class, MailServlet.class)
                .addAsLibrary(Deployments.jarOf(MailboxExtension.class));
    }

    @Test
    void anInjectedSessionSendsAndReadsBack() throws Exception {
        String id = desk.send("session by CDI");
        assertThat(MailDesk.subjectOf(desk.session(), id)).isEqualTo("session by CDI");
    }

    @Test
    void anInjectedFactorySendsAndReadsBack() throws Exception {
        String id = FactoryBean.send(desk.factory(), "factory by CDI");
        assertThat(FactoryBean.subjectOf(desk.factory(), id)).isEqualTo("factory by CDI");
    }

    @Test
    void anInjectedJakartaMailSessionSendsAndReadsBack() throws Exception {
        String id = SessionBean.send(desk.mailSession(), "Jakarta Mail session by CDI");
        assertThat(SessionBean.subjectOf(desk.mailSession(), id)).isEqualTo("Jakarta Mail session by CDI");
    }

    @Test
    void theNameOfAFactoryServesAJakartaMailSessionToo() throws Exception {
        String id = SessionBean.send(desk.mailSessionOfTheFactory(), "Jakarta Mail session of a factory");
        assertThat(SessionBean.subjectOf(desk.mailSessionOfTheFactory(), id))
                .isEqualTo("Jakarta Mail session of a factory");
    }

    @Test
    void anInstanceServesASession() throws Exception {
        OutlookMailSession session = desk.instance().get();
        String id = MailDesk.send(session, "session by Instance");
        assertThat(MailDesk.subjectOf(session, id)).isEqualTo("session by Instance");
    }

    @Test
    void anOptionalTellsWhetherAMailboxIsConfigured() throws Exception {
        assertThat(desk.absent()).isEmpty();
        String id = FactoryBean.send(desk.present().orElseThrow(), "factory by Optional");
        assertThat(FactoryBean.subjectOf(desk.factory(), id)).isEqualTo("factory by Optional");
    }

    /** The pool has one connection: were it kept, or a second one needed, the next bean or request would wait in vain. */
    @Test
    @RunAsClient
    void theEndOfARequestGivesTheConnectionBack(@ArquillianResource URL application) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 5; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(application + "mail?subject=request" + i))
                    .timeout(Duration.ofMinutes(1))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body())
                    .isEqualTo("request%1$d by the servlet, request%1$d by the desk, request%1$d by the clerk", i);
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aNameThatNobodyConfiguredIsToldWithThePlaceAndTheStanza() {
        Diagnosis diagnosis = diagnosisOfUsing(desk.unbound());
        assertThat(diagnosis.summary())
                .contains("@Mailbox(\"mail/thatNobodyConfigured\")")
                .contains("nothing");
        assertThat(diagnosis.details().get("injectionPoints")).contains(MailDesk.class.getName() + ".unbound");
        assertThat(diagnosis.details().get("missing"))
                .contains(
                        "jndiName=\"mail/thatNobodyConfigured\"", "<properties.outlookMail.OutlookMailSessionFactory");
    }

    @Test
    void aNameOfAnotherTypeIsToldWithWhatWasFound() {
        assertThat(diagnosisOfUsing(desk.ofAnotherType()).summary())
                .contains("@Mailbox(\"mail/office365Session\")")
                .contains("jakarta.mail.Session");
    }

    private static Diagnosis diagnosisOfUsing(OutlookMailSession session) {
        Throwable failure = catchThrowable(session::mailbox);
        Diagnosis diagnosis = Diagnosis.of(failure).orElseThrow(() -> new AssertionError("no diagnosis", failure));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.MAILBOX_NOT_BOUND);
        return diagnosis;
    }
}

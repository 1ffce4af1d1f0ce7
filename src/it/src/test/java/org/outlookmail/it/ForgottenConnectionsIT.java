package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.cdi.MailboxExtension;
import org.outlookmail.it.Forgetful.Access;
import org.outlookmail.it.Forgetful.What;

/**
 * Parts of an application that close nothing, over pools of one connection: the next call is served all the same, and the log
 * names the line. What docs/sending.md says of it was tried here. Row K1.
 */
@Tag("liberty")
@ExtendWith(ArquillianExtension.class)
class ForgottenConnectionsIT {

    private static final Path LOG =
            Path.of(System.getProperty("project.root"), "src/it/target/usr/servers/it/logs/messages.log");

    private final HttpClient client = HttpClient.newHttpClient();

    @ArquillianResource
    private URL application;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.of(ForgottenConnectionsIT.class)
                .addClasses(Forgetful.class, Access.class, What.class)
                .addClasses(ForgetfulBean.class, ForgetfulCdiBean.class, ForgetfulServlet.class)
                .addAsLibrary(Deployments.jarOf(MailboxExtension.class));
    }

    private HttpResponse<String> call(String place, boolean local, Access access, What what) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(application + "forget?place=" + place + "&local="
                        + local + "&access=" + access + "&what=" + what + "&subject=forgotten"))
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The pool has one connection: were it not given back, nobody would be served any more. */
    private void assertTakenBack(String place, boolean local, Access access, What what) throws Exception {
        HttpResponse<String> forgot = call(place, local, access, what);
        String how = place + " local=" + local + " " + access + " " + what;
        assertThat(forgot.statusCode()).as(how + ": " + forgot.body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20)).alias(how).until(() -> {
            call("collect", local, access, what);
            return call("borrow", local, access, what).statusCode() == 200;
        });
    }

    private void assertTakenBackWhateverTheAccess(String place) throws Exception {
        for (boolean local : new boolean[] {false, true}) {
            for (Access access : Access.values()) {
                assertTakenBack(place, local, access, What.SESSION);
            }
        }
    }

    private static List<String> logged(String... all) throws IOException {
        try (Stream<String> lines = Files.lines(LOG)) {
            return lines.filter(line -> Stream.of(all).allMatch(line::contains)).toList();
        }
    }

    @Test
    void aServletThatDoesNotCloseItsSessionDoesNotExhaustThePool() throws Exception {
        assertTakenBackWhateverTheAccess("servlet");
        assertThat(logged("J2CA8070I", "mail/forgotten"))
                .as("told by the server")
                .isNotEmpty();
    }

    @Test
    void aStatelessBeanWithoutATransactionDoesNotEither() throws Exception {
        assertTakenBackWhateverTheAccess("ejb");
        assertThat(logged("OMC-3102", "openedAt=" + ForgetfulBean.class.getName()))
                .isNotEmpty();
    }

    @Test
    void aStatelessBeanInATransactionDoesNotEither() throws Exception {
        assertTakenBackWhateverTheAccess("ejbInTransaction");
    }

    @Test
    void aTimerDoesNotEither() throws Exception {
        assertTakenBackWhateverTheAccess("timer");
    }

    @Test
    void aBeanOfCdiDoesNotEither() throws Exception {
        assertTakenBackWhateverTheAccess("cdi");
    }

    @Test
    void aThreadOfAManagedExecutorDoesNotEither() throws Exception {
        assertTakenBackWhateverTheAccess("executor");
    }

    @Test
    void aTransportOrStoreThatIsNotClosedDoesNotEither() throws Exception {
        for (What what : Arrays.asList(What.TRANSPORT, What.STORE)) {
            for (String place : Arrays.asList("servlet", "ejb", "ejbInTransaction", "executor")) {
                assertTakenBack(place, false, Access.LOOKED_UP, what);
            }
        }
    }
}

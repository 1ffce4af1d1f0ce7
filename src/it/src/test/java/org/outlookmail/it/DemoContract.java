package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.outlookmail.demo.Demo;
import org.outlookmail.demo.DemoPorts;
import org.outlookmail.demo.DemoProtocols;
import org.outlookmail.sandbox.SandboxState;

/** The demo as {@code ./mvnw -Pdemo} runs it, and the sample application's REST interface. Rows K1, M1, M2 and N7. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DemoContract {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final DemoProtocols protocols;
    private Demo demo;

    DemoContract(String transport, String store) {
        protocols = new DemoProtocols(transport, store);
    }

    /** How many mails the box has taken. */
    abstract long sent(SandboxState state);

    /** What the demo says of the protocols that it has used. */
    abstract String used();

    Demo demo() {
        return demo;
    }

    @BeforeAll
    void start() throws Exception {
        Path root = Path.of(System.getProperty("project.root"));
        demo = new Demo(root, DemoPorts.free(), protocols, new PrintStream(printed, true, StandardCharsets.UTF_8));
        demo.start();
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    @Test
    void theDemoPrintsAMessageSentAndReadBack() {
        String out = printed.toString(StandardCharsets.UTF_8);
        assertThat(out)
                .contains("read back from noreply@contoso.com, subject \"Hello from Open Liberty\"")
                .contains("1 request to Entra; " + used())
                .contains(demo.sampleUrl());
    }

    /** Both stanzas, and before any mail; Open Liberty makes a factory at its first look-up only. */
    @Test
    void theLogSaysAtTheStartWhatIsConfiguredAndThatItWorks() throws Exception {
        String log = Files.readString(demo.log());
        assertThat(log)
                .contains("noreply@contoso.com is configured: sends by " + protocols.transport() + "://localhost:")
                .contains(", reads by " + protocols.store() + "://localhost:")
                .contains("noreply@contoso.com was checked: there is a token for application");
    }

    @Test
    void anotherMailCostsNeitherATokenNorALogin() throws Exception {
        demo.sandbox().reset();
        for (int i = 0; i < 5; i++) {
            assertThat(post("{\"to\":[\"orders@contoso.com\"],\"subject\":\"s\",\"text\":\"t\"}")
                            .statusCode())
                    .isEqualTo(202);
        }
        assertThat(sent(demo.sandbox().state())).isEqualTo(5);
        assertThat(demo.sandbox().state().entra().tokenRequests()).isZero();
        assertThat(demo.sandbox().state().smtp().authentications()).isZero();
    }

    @Test
    void aMailGoesThroughThePlainSessionToo() throws Exception {
        var answer =
                post("{\"to\":[\"noreply@contoso.com\"],\"subject\":\"plain\",\"text\":\"t\",\"via\":\"session\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(get("?folder=INBOX&limit=20&via=session").body()).contains("plain");
    }

    @Test
    void aRequestThatMakesNoSenseIsToldAllItsMistakes() throws Exception {
        var answer = post("{\"to\":[\"not an address\"],\"via\":\"pigeon\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("to").contains("via");
        assertThat(post("{").statusCode()).isEqualTo(400);
    }

    @Test
    void aPageOfAnotherSiteSendsNoMail() throws Exception {
        demo.sandbox().reset();
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(demo.sampleUrl() + "/api/mails"))
                        .header("Content-Type", "application/json")
                        .header("Origin", "https://evil.example")
                        .POST(BodyPublishers.ofString(
                                "{\"to\":[\"orders@contoso.com\"],\"subject\":\"s\",\"text\":\"t\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).isPresent();
        assertThat(sent(demo.sandbox().state())).isZero();
    }

    @Test
    void thePageIsThere() throws Exception {
        var page = HTTP.send(
                HttpRequest.newBuilder(URI.create(demo.sampleUrl() + "/")).build(), BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html");
    }

    HttpResponse<String> post(String json) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(demo.sampleUrl() + "/api/mails"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String query) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(demo.sampleUrl() + "/api/mails" + query))
                        .build(),
                BodyHandlers.ofString());
    }
}

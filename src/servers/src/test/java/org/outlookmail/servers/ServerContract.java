package org.outlookmail.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.outlookmail.sandbox.FaultPlan;

/** What the archive must be able to do on each server. Row N14. */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ServerContract {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String subject = "Subject ";
    private Box box;
    private AppServer server;

    /** Starts the server, in a folder that may be used. */
    abstract AppServer start(Box tenant, Path folder) throws Exception;

    /** What a failed commit tells the application: the diagnosis's code if the server lets it through. */
    abstract String failedCommit();

    @BeforeAll
    void start() throws Exception {
        Path folder =
                Path.of(System.getProperty("homes")).resolveSibling(getClass().getSimpleName());
        Tool.remove(folder);
        Files.createDirectories(folder);
        box = Box.start(folder);
        server = start(box, folder);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        box.close();
    }

    @BeforeEach
    void reset() {
        box.sandbox().reset();
    }

    private String subject() {
        return subject + UUID.randomUUID();
    }

    private String asked(String what, String name, String about) throws Exception {
        String query = "do=" + what + "&name=" + encoded(name) + "&subject=" + encoded(about);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(server.application() + "/mail"))
                        .timeout(Duration.ofMinutes(1))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(query))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aFactoryFromJndiSendsAndReads() throws Exception {
        String about = subject();
        assertThat(asked("send", server.factory(), about)).isEqualTo("sent by " + Box.MAILBOX);
        assertThat(asked("read", server.factory(), about)).isEqualTo("1 read");
        assertThat(box.received(Box.MAILBOX, about)).isEqualTo(1);
    }

    @Test
    void tenMailsCostOneLogin() throws Exception {
        for (int i = 0; i < 10; i++) {
            asked("send", server.factory(), subject());
        }
        assertThat(box.sandbox().state().smtp().authentications()).isLessThanOrEqualTo(1);
        assertThat(box.sandbox().state().smtp().messages()).isEqualTo(10);
    }

    @Test
    void aSessionFromJndiSends() throws Exception {
        String about = subject();
        assertThat(asked("session", server.session(), about)).isEqualTo("sent");
        assertThat(box.received("orders@contoso.com", about)).isEqualTo(1);
    }

    @Test
    void mailOfATransactionLeavesAtItsCommitAndNotAtARollback() throws Exception {
        String kept = subject();
        String dropped = subject();
        assertThat(asked("commit", server.transactional(), kept)).isEqualTo("committed");
        assertThat(asked("rollback", server.transactional(), dropped)).isEqualTo("rolled back");
        assertThat(box.received(Box.MAILBOX, kept)).isEqualTo(1);
        assertThat(box.received(Box.MAILBOX, dropped)).isZero();
    }

    @Test
    void aCommitThatFailsIsTold() throws Exception {
        String about = subject();
        box.sandbox().faults(new FaultPlan().smtp("MAIL", "reply", "554 5.2.0 Not today", -1));
        assertThat(asked("commit", server.transactional(), about)).startsWith(failedCommit());
        assertThat(box.received(Box.MAILBOX, about)).isZero();
    }

    @Test
    void theSecretStandsNowhereInClear() throws Exception {
        asked("send", server.factory(), subject());
        List<Path> found;
        try (Stream<Path> files = Files.walk(server.home())) {
            found = files.filter(Files::isRegularFile)
                    .filter(ServerContract::hasSecret)
                    .toList();
        }
        assertThat(found).isEmpty();
    }

    /** Last, when everything that a server opens upon use is open. */
    @Test
    @Order(Integer.MAX_VALUE)
    void itListensOnLoopbackOnly() throws Exception {
        assumeTrue(Listeners.told(), "skipped: only Linux tells where a process listens");
        List<InetSocketAddress> listeners = Listeners.of(server.process());
        assertThat(listeners)
                .extracting(InetSocketAddress::getPort)
                .contains(server.application().getPort());
        assertThat(listeners)
                .filteredOn(each -> !each.getAddress().isLoopbackAddress())
                .isEmpty();
    }

    private static boolean hasSecret(Path file) {
        try {
            return Files.size(file) < 50_000_000
                    && Files.readString(file, StandardCharsets.ISO_8859_1).contains(Box.SECRET);
        } catch (IOException gone) {
            // A server's temporary file.
            return false;
        }
    }
}

package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.demo.LibertyServer;
import org.outlookmail.demo.SandboxOverrides;
import org.outlookmail.sandbox.Sandbox;

/** Two servers with liberty-config's cluster.xml and hazelcast.xml share one token. Row K3. */
@Tag("liberty")
@Tag("cluster")
class ClusterIT {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final String[] MAILBOXES = {"noreply@contoso.com", "orders@contoso.com"};

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final List<LibertyServer> SERVERS = new ArrayList<>();
    private static final List<Integer> PORTS = new ArrayList<>();
    private static Sandbox sandbox;

    @BeforeAll
    static void startTwoServers() throws IOException {
        sandbox = Sandbox.builder().randomPorts().start();
        int hazelcastPort = TestEnvironment.freePort();
        for (String mailbox : MAILBOXES) {
            SERVERS.add(server("node" + SERVERS.size(), mailbox, hazelcastPort));
        }
        SERVERS.stream()
                .map(server -> CompletableFuture.runAsync(() -> start(server)))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static LibertyServer server(String name, String mailbox, int hazelcastPort) throws IOException {
        Path folder = ROOT.resolve("src/it/target/cluster");
        LibertyServer server =
                new LibertyServer(ROOT.resolve("liberty-config/target/liberty/wlp"), folder.resolve("usr"), name);
        server.create(
                ROOT.resolve("liberty-config/server"),
                ROOT.resolve("rar/target/outlook-mail.rar"),
                ROOT.resolve("ejb-sample/target/ejb-sample.war"));
        Path trust = folder.resolve("sandbox-trust.p12");
        sandbox.writeTrustStore(trust);
        int httpPort = TestEnvironment.freePort();
        PORTS.add(httpPort);
        server.override(
                "cluster-it.xml",
                new SandboxOverrides(sandbox, mailbox, httpPort, trust)
                        .xml("<include location=\"${server.config.dir}/cluster.xml\"/>"));
        Path hazelcast = server.folder().resolve("hazelcast.xml");
        Files.writeString(hazelcast, Files.readString(hazelcast).replace(">5701<", ">" + hazelcastPort + "<"));
        return server;
    }

    private static void start(LibertyServer server) {
        try {
            server.start(Duration.ofMinutes(3));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @AfterAll
    static void stopThem() {
        SERVERS.forEach(LibertyServer::close);
        sandbox.close();
    }

    @Test
    void twoServersAndFortyFirstMailsCostOneToken() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> sending = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            PORTS.forEach(port -> sending.add(send(port)));
        }
        assertThat(sending)
                .allSatisfy(answer -> assertThat(answer.join().statusCode())
                        .as(answer.join().body())
                        .isEqualTo(202));

        assertThat(sandbox.state().entra().tokenRequests()).isEqualTo(1);
        for (String mailbox : MAILBOXES) {
            assertThat(sandbox.state().messages(mailbox, "Sent Items")).isEqualTo(20);
        }
        for (LibertyServer server : SERVERS) {
            assertThat(Files.readString(server.log())).as("they did meet").contains("Members {size:2");
        }
    }

    private static CompletableFuture<HttpResponse<String>> send(int port) {
        String mail = "{\"to\":[\"support@contoso.com\"],\"subject\":\"first\",\"text\":\"t\"}";
        return HTTP.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sample/api/mails"))
                        .timeout(Duration.ofMinutes(2))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(mail))
                        .build(),
                BodyHandlers.ofString());
    }
}

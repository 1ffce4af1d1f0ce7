package org.outlookmail.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.outlookmail.demo.LibertyServer;
import org.outlookmail.demo.SandboxOverrides;
import org.outlookmail.sandbox.Sandbox;

/**
 * Liberty servers with the sample application and liberty-config's own files, which may join one Hazelcast cluster. The
 * test that made it closes it.
 */
final class ClusterNodes implements AutoCloseable {

    private static final String CLUSTER = "<include location=\"${server.config.dir}/cluster.xml\"/>";

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /**
     * The first of three ports in a row. Hazelcast looks for members on all of them, and waits for minutes for whoever else
     * listens there; so they are none of those that the system gives to whoever asks for any.
     */
    private static int threeFreePorts() {
        return new Random()
                .ints(20_000, 30_000)
                .filter(first -> IntStream.range(first, first + 3).allMatch(ClusterNodes::free))
                .findFirst()
                .orElseThrow();
    }

    private static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** One server; its mailbox is a different one on each, because Exchange allows three connections of one. */
    record Node(LibertyServer server, String mailbox, int httpPort) {

        /** Sends one mail to support@contoso.com through the sample's REST interface. */
        CompletableFuture<HttpResponse<String>> send() {
            return send("from a node");
        }

        /** The same with a subject of its own, in which nothing needs quoting. */
        CompletableFuture<HttpResponse<String>> send(String subject) {
            String mail = "{\"to\":[\"support@contoso.com\"],\"subject\":\"" + subject + "\",\"text\":\"t\"}";
            return HTTP.sendAsync(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + httpPort + "/sample/api/mails"))
                            .timeout(Duration.ofMinutes(2))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(mail))
                            .build(),
                    BodyHandlers.ofString());
        }

        String log() throws IOException {
            return Files.readString(server.log());
        }
    }

    private final List<Node> nodes = new ArrayList<>();
    private final Sandbox sandbox;
    private final Path folder;
    private final int hazelcastPort = threeFreePorts();

    /**
     * @param name of the folder under {@code src/it/target} that the servers live in
     */
    ClusterNodes(String name, Sandbox sandbox) throws IOException {
        this.sandbox = sandbox;
        this.folder = ROOT.resolve("src/it/target").resolve(name);
    }

    /**
     * A member of the cluster, not started yet. All are made before the first starts: they share the adapter's archive, and
     * a running server restarts the adapter when that is copied anew.
     */
    Node member(String mailbox) throws IOException {
        return node(mailbox, CLUSTER);
    }

    /** The same, which asks for no token when it starts. */
    Node unchecked(String mailbox) throws IOException {
        return node(mailbox, CLUSTER + "<variable name=\"outlookmail.checkAtStart\" value=\"none\"/>");
    }

    /** A server, not started yet, with these elements in its configuration. */
    Node node(String mailbox, String furtherXml) throws IOException {
        LibertyServer server = new LibertyServer(
                ROOT.resolve("liberty-config/target/liberty/wlp"), folder.resolve("usr"), "node" + nodes.size());
        server.create(
                ROOT.resolve("liberty-config/server"),
                ROOT.resolve("rar/target/outlook-mail.rar"),
                ROOT.resolve("ejb-sample/target/ejb-sample.war"));
        Node node = new Node(server, mailbox, TestEnvironment.freePort());
        nodes.add(node);
        configure(node, furtherXml);
        Path hazelcast = server.folder().resolve("hazelcast.xml");
        Files.writeString(hazelcast, Files.readString(hazelcast).replace(">5701<", ">" + hazelcastPort + "<"));
        return node;
    }

    /** Writes the node's overrides; a running server notices within its monitor's interval. */
    void configure(Node node, String furtherXml) throws IOException {
        Path trust = folder.resolve("sandbox-trust.p12");
        sandbox.writeTrustStore(trust);
        node.server()
                .override(
                        "it.xml",
                        new SandboxOverrides(sandbox, node.mailbox(), node.httpPort(), trust).xml(furtherXml));
    }

    /** Where a test may keep files of its own. */
    Path folder() {
        return folder;
    }

    /** Starts them side by side and waits until all are ready. */
    static void start(Node... nodes) {
        List.of(nodes).stream()
                .map(node -> CompletableFuture.runAsync(() -> start(node.server())))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static void start(LibertyServer server) {
        try {
            server.start(Duration.ofMinutes(3));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.server().close());
    }
}

package org.outlookmail.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.SandboxState;

/**
 * The product's main job on one machine: Microsoft 365 in a box, Open Liberty with the adapter and the sample application,
 * one mail sent by an EJB and read back.
 *
 * <p>Thread rule: one thread starts it; {@link #close} may come from any and ends both servers, once.
 */
public final class Demo implements AutoCloseable {

    private static final String MAILBOX = "noreply@contoso.com";

    private final Path root;
    private final DemoPorts ports;
    private final DemoProtocols protocols;
    private final PrintStream out;
    private Sandbox sandbox;
    private LibertyServer liberty;
    private boolean closed;

    /**
     * @param root the project's folder, built
     * @param ports where to listen
     * @param protocols by which mail is sent and read
     * @param out takes what a user should read
     */
    public Demo(Path root, DemoPorts ports, DemoProtocols protocols, PrintStream out) {
        this.root = root;
        this.ports = ports;
        this.protocols = protocols;
        this.out = out;
    }

    /**
     * Starts everything, sends, reads back and prints what happened.
     *
     * @throws DemoException with one line for the user
     */
    public void start() throws DemoException {
        ports.check();
        long started = System.nanoTime();
        try {
            startServers();
            tell("");
            tell("Sending a mail through the EJB of " + sampleUrl() + " (JNDI mail/office365) by "
                    + protocols.transport() + ", to read it back by " + protocols.store() + " ...");
            SampleClient sample = new SampleClient(sampleUrl());
            String messageId = sample.send(MAILBOX, "Hello from Open Liberty", "Sent with a token, not a password.");
            SampleClient.Mail mail = sample.await(messageId, Duration.ofSeconds(30));
            report(messageId, mail, started);
        } catch (IOException failure) {
            throw new DemoException(failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", interrupted);
        }
    }

    private void startServers() throws IOException {
        tell("Starting Microsoft 365 in a box ...");
        Path folder = root.resolve("src/demo/target/demo");
        Files.createDirectories(folder);
        Sandbox box = ports.sandbox().start();
        LibertyServer server =
                new LibertyServer(root.resolve("liberty-config/target/liberty/wlp"), folder.resolve("usr"), "demo");
        synchronized (this) {
            sandbox = box;
            liberty = server;
        }
        Path trust = folder.resolve("sandbox-trust.p12");
        box.writeTrustStore(trust);
        tell("Starting Open Liberty with outlook-mail.rar and ejb-sample.war ...");
        server.create(
                root.resolve("liberty-config/server"),
                root.resolve("rar/target/outlook-mail.rar"),
                root.resolve("ejb-sample/target/ejb-sample.war"));
        server.override("demo.xml", new SandboxOverrides(box, MAILBOX, ports.http(), trust).xml(protocols.xml()));
        server.start(Duration.ofMinutes(2));
    }

    private void report(String messageId, SampleClient.Mail mail, long startedNanos) {
        SandboxState state = sandbox.state();
        tell("");
        tell("  sent      " + messageId);
        tell("  read back from " + mail.from() + ", subject \"" + mail.subject() + "\", message " + mail.uid()
                + " of INBOX");
        tell("  token     " + state.entra().tokenRequests() + " request to Entra; "
                + state.smtp().authentications() + " SMTP login, "
                + state.imap().authentications() + " IMAP login, "
                + state.graph().requests() + " requests to Graph");
        tell("  time      " + Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds() + " seconds");
        tell("");
        tell("Open in a browser   " + sampleUrl());
        tell("Send another        curl -H 'Content-Type: application/json' -d '{\"to\":[\"" + MAILBOX
                + "\"],\"subject\":\"Hi\",\"text\":\"Hello\"}' " + sampleUrl() + "/api/mails");
        tell("What the box saw    curl " + sandbox.controlUrl() + "/state");
        tell("Logs                " + liberty.log());
        tell("");
    }

    /** The sample application's address. */
    public String sampleUrl() {
        return "http://localhost:" + ports.http() + "/sample";
    }

    /** The server's log. */
    public synchronized Path log() {
        return liberty.log();
    }

    /** The box this demo runs against; null before {@link #start}. */
    public synchronized Sandbox sandbox() {
        return sandbox;
    }

    @Override
    public void close() {
        LibertyServer server;
        Sandbox box;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            server = liberty;
            box = sandbox;
        }
        if (server != null) {
            tell("Stopping Open Liberty ...");
            server.close();
        }
        if (box != null) {
            tell("Stopping Microsoft 365 in a box ...");
            box.close();
            tell("Stopped.");
        }
    }

    private void tell(String line) {
        out.println(line);
        out.flush();
    }
}

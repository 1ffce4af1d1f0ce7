package org.outlookmail.sandbox;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code java -jar outlook-mail-sandbox.jar}: a box that runs until Ctrl-C. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /** Starts the box and ends with status 2, after one line that says why, if it cannot. */
    public static void main(String[] arguments) throws InterruptedException {
        int status = run(System.out, System.err, arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The whole program; returns at once for --help and for errors, and otherwise when the process is told to end. */
    static int run(PrintStream out, PrintStream err, String... arguments) throws InterruptedException {
        Sandbox sandbox;
        try {
            CommandLine options = new CommandLine(arguments);
            if (options.help()) {
                out.print(CommandLine.HELP);
                return 0;
            }
            sandbox = start(options);
        } catch (IllegalArgumentException | PortInUseException | UncheckedIOException e) {
            err.println("outlook-mail-sandbox: " + e.getMessage());
            return USAGE;
        }
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            sandbox.close();
                            over.countDown();
                        },
                        "sandbox-shutdown"));
        out.print(summary(sandbox));
        out.flush();
        over.await();
        return 0;
    }

    private static Sandbox start(CommandLine options) {
        Sandbox sandbox = options.builder().start();
        try {
            options.trustStore().ifPresent(sandbox::writeTrustStore);
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    /** What one needs to know to use the box; the credentials in it are made up. */
    static String summary(Sandbox sandbox) {
        Map<String, Map<String, Integer>> mailboxes = sandbox.state().mailboxes();
        return """
                Microsoft 365 in a box is running. Stop it with Ctrl-C.

                  Entra      %s   (token endpoint %s)
                  SMTP       localhost:%d   STARTTLS, XOAUTH2; TLS from the start: %d
                  Relay      localhost:%d   STARTTLS, no login; from this machine only
                  IMAP       localhost:%d   TLS, XOAUTH2; STARTTLS: %d
                  POP3       localhost:%d   TLS, XOAUTH2 in two lines; STLS: %d
                  Graph      %s
                  Machine    %s   (Azure's metadata service)
                  Control    %s   (GET / lists what it can do, /ca.pem is the certificate to trust)

                  tenant     %s
                  client     %s
                  secret     %s   (made up, good for this box only)
                  scope      https://outlook.office365.com/.default
                  mailboxes  %s

                A token:
                  curl -s %s/ca.pem -o ca.pem
                  curl -s --cacert ca.pem %s \\
                    -d grant_type=client_credentials -d client_id=%s \\
                    -d client_secret=%s -d scope=https://outlook.office365.com/.default
                What has happened so far:
                  curl -s %s/state
                """.formatted(
                        sandbox.entraUrl(),
                        sandbox.tokenEndpoint(),
                        sandbox.smtpPort(),
                        sandbox.smtpsPort(),
                        sandbox.relayPort(),
                        sandbox.imapsPort(),
                        sandbox.imapPort(),
                        sandbox.pop3sPort(),
                        sandbox.pop3Port(),
                        sandbox.graphUrl(),
                        sandbox.metadataUrl(),
                        sandbox.controlUrl(),
                        sandbox.tenantId(),
                        sandbox.clientId(),
                        sandbox.clientSecret(),
                        String.join(", ", mailboxes.keySet().stream().sorted().toList()),
                        sandbox.controlUrl(),
                        sandbox.tokenEndpoint(),
                        sandbox.clientId(),
                        sandbox.clientSecret(),
                        sandbox.controlUrl());
    }
}

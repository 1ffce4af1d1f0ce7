package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.it.ClusterNodes.Node;
import org.outlookmail.sandbox.Sandbox;

/** Secrets and certificates that change while mail is sent. Row C5. */
@Tag("liberty")
class CredentialRotationIT {

    /** So short that a token is fetched about every quarter of a minute. */
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(20);

    private static Sandbox sandbox(TestKeyStore... keys) {
        var builder = Sandbox.builder().randomPorts().tokenLifetime(TOKEN_LIFE);
        for (TestKeyStore each : keys) {
            builder.clientCertificate(each.certificate());
        }
        return builder.start();
    }

    /** Whatever the adapter diagnoses, but that the server took a connection back to restart it. */
    private static final Pattern TROUBLE = Pattern.compile("OMC-(?!3105)");

    /** Four clients that send on and on, each waiting for its answer, until it is closed. */
    private static final class Load implements AutoCloseable {
        private final Node node;
        private final ExecutorService clients = Executors.newFixedThreadPool(4);
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final AtomicBoolean over = new AtomicBoolean();

        Load(Node node) {
            this.node = node;
            for (int i = 0; i < 4; i++) {
                clients.execute(() -> {
                    while (!over.get()) {
                        send();
                    }
                });
            }
        }

        private void send() {
            try {
                HttpResponse<String> answer = node.send().join();
                boolean restarting = answer.statusCode() == 404 || answer.statusCode() == 503;
                if (answer.statusCode() == 202) {
                    sent.add("202");
                } else if (!restarting || TROUBLE.matcher(answer.body()).find()) {
                    failures.add(answer.statusCode() + " " + answer.body());
                }
            } catch (CompletionException unreachable) {
                failures.add(unreachable.toString());
            }
        }

        /** Waits until so many more mails have been sent. */
        void more(int mails) {
            int until = sent.size() + mails;
            await().atMost(Duration.ofMinutes(2)).until(() -> sent.size() >= until || !failures.isEmpty());
        }

        /** The reason is in the server's log alone. */
        void assertNoFailure() throws IOException {
            String log = node.log();
            assertThat(failures)
                    .as(() -> log.lines()
                            .filter(line -> line.contains("Exception") || line.contains("urn:uuid"))
                            .distinct()
                            .limit(100)
                            .collect(Collectors.joining("\n")))
                    .isEmpty();
        }

        @Override
        public void close() {
            over.set(true);
            clients.shutdown();
            await().atMost(Duration.ofMinutes(1)).until(clients::isTerminated);
        }
    }

    @Test
    void aSecretThatExpiresUnderLoadIsFollowedByTheNextOneWithoutAFailedMail() throws Exception {
        try (Sandbox sandbox = sandbox();
                ClusterNodes nodes = new ClusterNodes("rotation-secret", sandbox)) {
            sandbox.entra().addSecret("the-next-secret-value");
            Node node = nodes.node(
                    "noreply@contoso.com",
                    "<variable name=\"outlookmail.clientSecretNext\" value=\"the-next-secret-value\"/>");
            ClusterNodes.start(node);
            Load load = new Load(node);
            try (load) {
                load.more(50);
                sandbox.entra().expireSecret(sandbox.clientSecret());
                await().atMost(Duration.ofMinutes(2)).until(() -> node.log().contains("clientSecretNext"));
                long afterwards =
                        sandbox.state().entra().grant("client_credentials").refused();
                long issued =
                        sandbox.state().entra().grant("client_credentials").issued();
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> sandbox.state()
                                        .entra()
                                        .grant("client_credentials")
                                        .issued()
                                >= issued + 2);
                load.more(50);
                assertThat(sandbox.state().entra().grant("client_credentials").refused())
                        .as("the expired one is tried once and no more")
                        .isEqualTo(afterwards)
                        .isEqualTo(1);
            }
            load.assertNoFailure();
        }
    }

    @Test
    void aCertificateThatIsReplacedUnderLoadIsUsedAtOnceWithoutAFailedMail() throws Exception {
        Path folder = Path.of(System.getProperty("project.root"), "src/it/target/rotation-certificate");
        TestKeyStore first = TestKeyStore.create(folder.resolve("first.p12"));
        TestKeyStore second = TestKeyStore.create(folder.resolve("second.p12"));
        Path used = Files.copy(first.file(), folder.resolve("used.p12"), StandardCopyOption.REPLACE_EXISTING);
        try (Sandbox sandbox = sandbox(first, second);
                ClusterNodes nodes = new ClusterNodes("rotation-certificate", sandbox)) {
            Node node = nodes.node("noreply@contoso.com", """
                    <variable name="outlookmail.clientSecret" value=""/>
                    <variable name="outlookmail.clientCertificate" value="%s"/>
                    <variable name="outlookmail.clientCertificatePassword" value="changeit"/>
                    """.formatted(used));
            ClusterNodes.start(node);
            Load load = new Load(node);
            try (load) {
                load.more(50);
                Files.move(second.file(), used, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                await().atMost(Duration.ofSeconds(30)).until(() -> node.log().contains("was read anew"));
                sandbox.entra().removeCertificate(first.certificate());
                long issued =
                        sandbox.state().entra().grant("client_credentials").issued();
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> sandbox.state()
                                        .entra()
                                        .grant("client_credentials")
                                        .issued()
                                >= issued + 2);
                load.more(50);
            }
            load.assertNoFailure();
            assertThat(sandbox.state().entra().grant("client_credentials").refused())
                    .isZero();
        }
    }

    @Test
    void aChangedSecretInServerXmlIsUsedWithoutARestartOfTheServerAndWithoutAFailedMail() throws Exception {
        try (Sandbox sandbox = sandbox();
                ClusterNodes nodes = new ClusterNodes("rotation-property", sandbox)) {
            sandbox.entra().addSecret("the-new-secret-value");
            Node node = nodes.node("noreply@contoso.com", "");
            ClusterNodes.start(node);
            Load load = new Load(node);
            try (load) {
                load.more(50);
                long before =
                        sandbox.state().entra().grant("client_credentials").issued();
                nodes.configure(node, "<variable name=\"outlookmail.clientSecret\" value=\"the-new-secret-value\"/>");
                // Liberty restarts the adapter and the applications that use it; until then the old secret is good.
                await().atMost(Duration.ofMinutes(1)).until(() -> node.log().contains("CWWKG0017I"));
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> sandbox.state()
                                        .entra()
                                        .grant("client_credentials")
                                        .issued()
                                > before);
                sandbox.entra().removeSecret(sandbox.clientSecret());
                long issued =
                        sandbox.state().entra().grant("client_credentials").issued();
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> sandbox.state()
                                        .entra()
                                        .grant("client_credentials")
                                        .issued()
                                >= issued + 2);
                load.more(50);
            }
            load.assertNoFailure();
            assertThat(sandbox.state().entra().grant("client_credentials").refused())
                    .isZero();
        }
    }
}

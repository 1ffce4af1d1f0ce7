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
import java.util.Set;
import java.util.UUID;
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
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.sandbox.StoredMessage;

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

    private static final String RECIPIENT = "support@contoso.com";

    /** Whatever the adapter diagnoses, but that the server took a connection back, or its transaction, to restart it. */
    private static final Pattern TROUBLE = Pattern.compile("OMC-(?!3105|3301|3302)");

    private static final Set<Integer> RESTARTING = Set.of(404, 502, 503);

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
                String subject = UUID.randomUUID().toString();
                HttpResponse<String> answer = node.send(subject).join();
                boolean restarting = RESTARTING.contains(answer.statusCode());
                if (answer.statusCode() == 202) {
                    sent.add(subject);
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

        /** What was answered with success has arrived once, and nothing else has. */
        void assertNothingFailedOrGotLostOrDoubled(Sandbox sandbox) throws IOException {
            assertNoFailure();
            assertThat(sandbox.messages(RECIPIENT))
                    .extracting(StoredMessage::subject)
                    .containsExactlyInAnyOrderElementsOf(sent);
        }

        /** The reason is in the server's log alone. */
        private void assertNoFailure() throws IOException {
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
            load.assertNothingFailedOrGotLostOrDoubled(sandbox);
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
            load.assertNothingFailedOrGotLostOrDoubled(sandbox);
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
            load.assertNothingFailedOrGotLostOrDoubled(sandbox);
            assertThat(sandbox.state().entra().grant("client_credentials").refused())
                    .isZero();
        }
    }

    /** Open Liberty destroys connections in the middle of transactions then, and forgets others. */
    @Test
    void restartsOfTheAdapterUnderLoadNeitherLoseNorDoubleAMailAndLeaveNoConnectionBehind() throws Exception {
        try (Sandbox sandbox = sandbox();
                ClusterNodes nodes = new ClusterNodes("rotation-transactions", sandbox)) {
            sandbox.faults(new FaultPlan().maxConnections(100));
            sandbox.entra().addSecret("the-new-secret-value");
            Node node = nodes.node("noreply@contoso.com", "");
            withTransactions(node);
            ClusterNodes.start(node);
            Load load = new Load(node);
            try (load) {
                load.more(20);
                for (int restart = 1; restart <= 6; restart++) {
                    nodes.configure(
                            node,
                            restart % 2 == 0
                                    ? ""
                                    : "<variable name=\"outlookmail.clientSecret\" value=\"the-new-secret-value\"/>");
                    int times = restart;
                    await().atMost(Duration.ofMinutes(1))
                            .until(() -> times(node.log(), "CWWKZ0003I") == times || !load.failures.isEmpty());
                    load.more(20);
                }
            }
            load.assertNothingFailedOrGotLostOrDoubled(sandbox);
            assertThat(sandbox.state().smtp().open()).isLessThanOrEqualTo(3);
        }
    }

    private static void withTransactions(Node node) throws IOException {
        Path file = node.server().folder().resolve("outlook-mail.xml");
        String mailbox = "mailbox=\"${outlookmail.mailbox}\"";
        String xml = Files.readString(file);
        assertThat(xml).contains(mailbox);
        Files.writeString(file, xml.replace(mailbox, mailbox + " transaction=\"local\""));
    }

    private static long times(String text, String part) {
        return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
    }
}

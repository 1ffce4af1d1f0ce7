package org.outlookmail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.cluster.Cluster;
import org.outlookmail.it.PolicyService.Stage;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailConnection;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.Quota;
import org.outlookmail.mail.angus.AngusMail;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.mail.quota.Quotas;
import org.outlookmail.mail.wire.WriteTimeouts;
import org.outlookmail.management.EventLog;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TokenService;
import org.outlookmail.token.TrustStoreFile;
import org.outlookmail.token.grant.Grants;

/** Our connections against servers that nobody here wrote: Dovecot and Postfix. Row K2. */
@Tag("real-server")
@Timeout(120)
class RealMailServersMatrixIT {

    private static final String MAILBOX = "orders@contoso.com";
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private static RealMailServers servers;

    private final TokenService tokens = new TokenService(
            new Cluster(CacheConfiguration.local(), "node", Runnable::run, Clock.systemUTC()),
            Optional.empty(),
            Grants::new,
            Runnable::run,
            Clock.systemUTC());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Cluster cluster = new Cluster(CacheConfiguration.local(), "here", threads, Clock.systemUTC());
    private final Quotas quotas = new Quotas(cluster, threads, Clock.systemUTC());
    private final List<MailConnection> connections = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        servers = RealMailServers.start();
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    @AfterEach
    void disconnect() {
        connections.forEach(MailConnection::close);
        quotas.close();
        cluster.close();
        threads.shutdown();
        tokens.close();
        servers.policy().reset();
    }

    private static TrustStoreFile trust() {
        return new TrustStoreFile(servers.trustStore(), Optional.of(Secret.of(RealMailServers.trustStorePassword())));
    }

    private static TokenRequest request(Credential credential) {
        return new TokenRequest(
                servers.tokenEndpoint().uri(),
                "",
                "a-client",
                credential,
                "https://outlook.office365.com/.default",
                new HttpSettings(PATIENT, PATIENT, Proxy.NO_PROXY, Optional.of(trust())));
    }

    private static TokenRequest application() {
        return request(new Credential.Client(new ClientAuthentication.SecretPost(Secret.of("any"))));
    }

    private static TokenRequest user(String name) {
        return request(new Credential.UserPassword(name, Secret.of("any"), Optional.empty()));
    }

    private MailConnection connection(String mailbox, String transport, String store, TokenRequest token) {
        return connection(mailbox, transport, store, token, QuotaLimits.ofConnections(0, 0, 0, Duration.ZERO));
    }

    private MailConnection connection(
            String mailbox, String transport, String store, TokenRequest token, QuotaLimits limits) {
        MailServer sending =
                new MailServer(transport.startsWith("smtps") ? "smtps" : "smtp", "localhost", servers.port(transport));
        MailServer reading = new MailServer(store, "localhost", servers.port(store));
        Quota sendingQuota = quotas.sending(mailbox, sending, limits);
        MailConnection connection = new MailConnection(
                MailAccount.of(
                        mailbox,
                        sending,
                        reading,
                        new MailRoute(
                                new MailTimeouts(PATIENT, PATIENT, PATIENT), Proxy.NO_PROXY, Optional.of(trust())),
                        new Authentication.Token(token),
                        Map.of()),
                AngusMail.wires(new WriteTimeouts()),
                tokens.source(),
                Clock.systemUTC(),
                sendingQuota,
                quotas.reading(mailbox, reading, limits),
                EventLog.STANDARD);
        connections.add(connection);
        return connection;
    }

    private static String send(MailConnection connection) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(connection.mailbox()));
        String subject = "Subject " + UUID.randomUUID();
        message.setSubject(subject);
        message.setText("Hello\r\n.\r\nworld");
        connection.send(message);
        return subject;
    }

    private static List<String> subjects(MailConnection connection) throws MessagingException {
        try (Folder inbox = connection.openFolder("INBOX", Folder.READ_ONLY)) {
            return Arrays.stream(inbox.getMessages())
                    .map(RealMailServersMatrixIT::subjectOf)
                    .toList();
        }
    }

    private static String subjectOf(Message message) {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    static Stream<Arguments> matrix() {
        return Stream.of(true, false)
                .flatMap(application -> Stream.of("smtp", "smtps")
                        .flatMap(transport -> Stream.of("imap", "imaps", "pop3", "pop3s")
                                .map(store -> Arguments.of(application, transport, store))));
    }

    @ParameterizedTest(name = "application {0}, sends by {1} to Postfix and reads by {2} from Dovecot")
    @MethodSource("matrix")
    void aMailIsSentAndReadBack(boolean application, String transport, String store) throws Exception {
        MailConnection connection = connection(MAILBOX, transport, store, application ? application() : user(MAILBOX));
        String subject = send(connection);
        Awaitility.await().untilAsserted(() -> assertThat(subjects(connection)).contains(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "smtps", "imap", "imaps", "pop3", "pop3s"})
    void aTokenForAnotherMailboxIsRefusedAndExplained(String protocol) throws Exception {
        boolean sends = protocol.startsWith("smtp");
        MailConnection connection =
                connection("support@contoso.com", sends ? protocol : "smtp", sends ? "imaps" : protocol, user(MAILBOX));
        Throwable failure = catchThrowable(() -> {
            if (sends) {
                connection.introduction();
            } else {
                connection.openFolder("INBOX", Folder.READ_ONLY);
            }
        });
        Diagnosis diagnosis = Diagnosis.of(failure).orElseThrow(() -> new AssertionError(failure));
        assertThat(diagnosis.code()).isEqualTo(DiagnosisCode.AUTHENTICATION_REFUSED);
        assertThat(diagnosis.details()).containsEntry("token.upn", MAILBOX);
    }

    /** Postfix cuts this token off if it comes with the command. */
    @Test
    void aTokenThatMakesACommandTooLongGoesOnALineOfItsOwn() throws Exception {
        MailConnection connection = connection(MAILBOX, "smtp-strict", "imaps", application());
        String subject = send(connection);
        Awaitility.await().untilAsserted(() -> assertThat(subjects(connection)).contains(subject));
    }

    @Test
    void aStaleTokenIsReplacedAndNobodyNotices() throws Exception {
        servers.tokenEndpoint().answerNext(servers.tokens().expired());
        int before = servers.tokenEndpoint().requests();
        MailConnection connection = connection(MAILBOX, "smtp", "imaps", application());
        send(connection);
        assertThat(servers.tokenEndpoint().requests() - before).isEqualTo(2);
    }

    @Test
    void postfixThrottlesAndTheMessageGoesOnceAfterThePause() throws Exception {
        servers.policy().answerNext(Stage.RECIPIENT, "432 4.3.2 Concurrent connections limit exceeded");
        MailConnection connection =
                connection(MAILBOX, "smtp", "imaps", application(), QuotaLimits.ofConnections(3, 0, 0, PATIENT));
        String subject = send(connection);
        Awaitility.await()
                .untilAsserted(() -> assertThat(subjects(connection).stream().filter(subject::equals))
                        .hasSize(1));
    }

    @Test
    void aRefusalAsExchangeWordsItIsUnderstood() {
        servers.policy().answerNext(Stage.RECIPIENT, "554 5.2.252 SendAsDenied; orders not allowed to send as noreply");
        Throwable failure = catchThrowable(() -> send(connection(MAILBOX, "smtp", "imaps", application())));
        assertThat(Diagnosis.of(failure).map(Diagnosis::code)).contains(DiagnosisCode.SEND_AS_DENIED);
    }

    /** Postfix answers the fourth connection of a client with 421. */
    @Test
    void eightSendersKeepWithinTheThreeConnectionsThatPostfixAllows() throws Exception {
        QuotaLimits limits = QuotaLimits.ofConnections(3, 0, 0, PATIENT);
        List<CompletableFuture<Void>> sending = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            MailConnection connection = connection(MAILBOX, "smtp-narrow", "imaps", application(), limits);
            sending.add(CompletableFuture.runAsync(
                    () -> {
                        for (int message = 0; message < 3; message++) {
                            sendUnchecked(connection);
                        }
                    },
                    threads));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            cluster.tick();
            return all.isDone();
        });
        all.get();
        assertThat(RealMailServers.logs()).doesNotContain("Connection concurrency limit exceeded");
    }

    private static void sendUnchecked(MailConnection connection) {
        try {
            send(connection);
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
